import type { UserConfig } from 'vite';

/** How Vite makes one file of a program that needs nothing beside it but Node. */
export function oneFile(root: string, entry: string, file: string): UserConfig {
  return {
    root,
    ssr: {
      noExternal: true,
      resolve: { conditions: ['patchgate-source', 'node', 'import', 'default'] },
    },
    build: {
      ssr: entry,
      // The oldest Node that Debian and Ubuntu in use can install without a foreign archive's newest.
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { entryFileNames: file, codeSplitting: false } },
    },
  };
}
