import { defineConfig } from 'vite';

/** One file that needs nothing beside it but Node, so that it can be put before any FastCGI server by copying it. */
export default defineConfig({
  root: import.meta.dirname,
  ssr: {
    noExternal: true,
    resolve: { conditions: ['patchgate-source', 'node', 'import', 'default'] },
  },
  build: {
    ssr: 'src/main.fastcgi-health.ts',
    // The oldest Node that Debian and Ubuntu in use can install without a foreign archive's newest.
    target: 'node20',
    minify: false,
    rolldownOptions: { output: { entryFileNames: 'fastcgi-health.mjs', codeSplitting: false } },
  },
});
