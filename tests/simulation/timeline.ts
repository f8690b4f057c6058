interface Due {
  readonly at: number;
  readonly order: number;
  readonly happen: () => void;
}

/** A clock that jumps from one thing that happens to the next; what is due together happens in the order it was said. */
export class Timeline {
  now = 0;
  private order = 0;
  private readonly heap: Due[] = [];

  after(ms: number, happen: () => void): void {
    this.at(this.now + ms, happen);
  }

  at(at: number, happen: () => void): void {
    const due = { at: Math.max(at, this.now), order: this.order, happen };
    this.order += 1;
    let index = this.heap.push(due) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = this.heap[parent];
      if (above === undefined || !isBefore(due, above)) break;
      this.heap[index] = above;
      index = parent;
    }
    this.heap[index] = due;
  }

  /** Lets everything happen that is due until then. */
  runUntil(end: number): void {
    for (let due = this.heap[0]; due !== undefined && due.at <= end; due = this.heap[0]) {
      this.removeFirst();
      this.now = due.at;
      due.happen();
    }
    this.now = end;
  }

  private removeFirst(): void {
    const last = this.heap.pop();
    if (last === undefined || this.heap.length === 0) return;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      let child = left;
      const [first, second] = [this.heap[left], this.heap[left + 1]];
      if (first !== undefined && second !== undefined && isBefore(second, first)) child = left + 1;
      const least = this.heap[child];
      if (least === undefined || !isBefore(least, last)) break;
      this.heap[index] = least;
      index = child;
    }
    this.heap[index] = last;
  }
}

const isBefore = (a: Due, b: Due): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);
