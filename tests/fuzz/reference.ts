/** Stands for something the server told earlier: the nth of its kind, so that a plan means the same in every run. */
export class Reference {
  constructor(
    readonly kind: string,
    readonly nth: number,
  ) {}
}

/** JSON with references in the place of ids and names that are known only when the request is sent. */
export type Template =
  string | number | boolean | null | Reference | readonly Template[] | { readonly [key: string]: Template };

const mostPerKind = 200;

/** What the server's answers have named so far, in the order in which it did. */
export class Memory {
  private readonly seen: Map<string, string[]>;

  constructor(known?: Memory) {
    this.seen = new Map([...(known?.seen ?? [])].map(([kind, values]) => [kind, [...values]]));
  }

  remember(kind: string, value: string): void {
    const known = this.seen.get(kind) ?? [];
    this.seen.set(kind, known);
    if (known.length < mostPerKind && !known.includes(value)) known.push(value);
  }

  /** Every text of an answer under the name of its field, and ids under the area they belong to. */
  learn(area: string, answer: unknown): void {
    if (Array.isArray(answer)) answer.forEach((item) => this.learn(area, item));
    if (typeof answer !== 'object' || answer === null) return;
    for (const [field, value] of Object.entries(answer)) {
      if (typeof value !== 'string') {
        this.learn(field === 'items' ? area : field, value);
        continue;
      }
      this.remember(field === 'id' ? area : field, value);
      // A cursor fits the list it came from, and hardly ever another one.
      if (field === 'next_cursor') this.remember(`${area} ${field}`, value);
    }
  }

  resolve(template: Template): unknown {
    if (template instanceof Reference) return this.recall(template);
    if (Array.isArray(template)) return template.map((item: Template) => this.resolve(item));
    if (typeof template !== 'object' || template === null) return template;
    // Not assigned one by one: a hostile key may be __proto__.
    return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, this.resolve(value)]));
  }

  private recall({ kind, nth }: Reference): string {
    const known = this.seen.get(kind) ?? [];
    return known[nth % Math.max(1, known.length)] ?? '01a1fc3a-9e89-74cf-9cf5-4f3edbd06df0';
  }
}
