import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

interface Budget {
  /** Bytes of gzip that all script of one first page load may take together. */
  maxGzipBytes: number;
  /** Module names of what every page loads on its own, beside the entry. */
  always: readonly string[];
  /** Module names of the pages a person lands on; each is held to the budget. */
  landingPages: readonly string[];
}

/** Fails the build when the script of a first page load outgrows its budget: a limit nobody measures is no limit. */
export function firstLoadBudget({ maxGzipBytes, always, landingPages }: Budget): Plugin {
  return {
    name: 'first-load-budget',
    apply: 'build',
    generateBundle(_options, bundle) {
      const chunks = new Map(
        Object.values(bundle)
          .filter((output): output is Rolldown.OutputChunk => output.type === 'chunk')
          .map((chunk) => [chunk.fileName, chunk]),
      );
      const entries = [...chunks.values()].filter((chunk) => chunk.isEntry);
      const chunkOf = (name: string): Rolldown.OutputChunk =>
        [...chunks.values()].find((chunk) => chunk.facadeModuleId?.includes(`/${name}.`)) ??
        this.error(`no chunk begins with the module ${name}`);
      for (const page of landingPages) {
        const roots = [...entries, ...[...always, page].map(chunkOf)];
        const gzipBytes = gzipOf(reachable(roots, chunks));
        this.info(`first load of ${page}: ${(gzipBytes / 1000).toFixed(1)} kB gzip of script`);
        if (gzipBytes > maxGzipBytes) {
          this.error(`first load of ${page} is ${gzipBytes} bytes of gzip, allowed are ${maxGzipBytes}`);
        }
      }
    },
  };
}

function reachable(
  start: Rolldown.OutputChunk[],
  chunks: ReadonlyMap<string, Rolldown.OutputChunk>,
): Set<Rolldown.OutputChunk> {
  const seen = new Set<Rolldown.OutputChunk>();
  const queue = [...start];
  for (let chunk = queue.pop(); chunk !== undefined; chunk = queue.pop()) {
    if (seen.has(chunk)) continue;
    seen.add(chunk);
    for (const name of chunk.imports) {
      const imported = chunks.get(name);
      if (imported !== undefined) queue.push(imported);
    }
  }
  return seen;
}

function gzipOf(chunks: Iterable<Rolldown.OutputChunk>): number {
  let bytes = 0;
  for (const chunk of chunks) bytes += gzipSync(chunk.code, { level: 9 }).length;
  return bytes;
}
