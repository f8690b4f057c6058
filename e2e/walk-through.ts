import { readFileSync } from 'node:fs';
import path from 'node:path';

const file = path.resolve(import.meta.dirname, '../docs/walk-through.md');
const marked = /^<!-- run by e2e\/real-host\.spec\.ts -->\n+```sh\n(.*?)^```$/gms;

/** The commands of docs/walk-through.md that a test says it runs, each of them once. */
export class WalkThrough {
  readonly #blocks: { heading: string; text: string }[];

  /** @param ports what stands there, and what is free here */
  constructor(ports: Readonly<Record<string, number>>) {
    const sections = readFileSync(file, 'utf8').split(/^(?=## )/m);
    this.#blocks = sections.flatMap((section) => {
      const heading = /^## (.*)$/m.exec(section)?.[1] ?? '';
      return [...section.matchAll(marked)].map(([, text = '']) => ({
        heading,
        text: text.replace(/\b\d{4}\b/g, (word) => String(ports[word] ?? word)),
      }));
    });
  }

  /** All commands below a heading, in their order. */
  commandsOf(heading: string): string {
    const found = this.#blocks.filter((block) => block.heading === heading);
    if (found.length === 0) throw new Error(`the walk-through has no commands left below "${heading}"`);
    this.#blocks.splice(0, this.#blocks.length, ...this.#blocks.filter((block) => !found.includes(block)));
    return found.map(({ text }) => text).join('');
  }

  /** Headings with commands that nobody has asked for. */
  get left(): readonly string[] {
    return this.#blocks.map(({ heading }) => heading);
  }
}

/** `NAME=value` before a command. */
export function settingsIn(command: string): Record<string, string> {
  return Object.fromEntries(
    [...command.matchAll(/\b(PATCHGATE_\w+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]),
  );
}
