import { defineConfig } from 'vite';

/** One file that needs nothing beside it but Node: that is what makes the agent easy to install and to replace. */
export default defineConfig({
  root: import.meta.dirname,
  ssr: {
    noExternal: true,
    resolve: { conditions: ['patchgate-source', 'node', 'import', 'default'] },
  },
  build: {
    ssr: 'src/main.agent.ts',
    // The oldest Node that Debian and Ubuntu in use can install without a foreign archive's newest.
    target: 'node20',
    minify: false,
    rolldownOptions: { output: { entryFileNames: 'agent.mjs', codeSplitting: false } },
  },
});
