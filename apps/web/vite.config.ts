import react from '@vitejs/plugin-react';
import { defineConfig, loadEnv } from 'vite';
import { firstLoadBudget } from './first-load-budget.js';

export default defineConfig(({ mode }) => {
  const { PATCHGATE_API_ORIGIN = 'http://127.0.0.1:3000' } = loadEnv(mode, import.meta.dirname, 'PATCHGATE_');
  return {
    root: import.meta.dirname,
    plugins: [
      react(),
      firstLoadBudget({
        maxGzipBytes: 250_000,
        always: ['start'],
        landingPages: ['sign-in.page', 'overview.page', 'hosts.page'],
      }),
    ],
    resolve: { conditions: ['patchgate-source', 'module', 'browser', 'development|production'] },
    build: {
      // No data: URI may be needed: the policy the server sends allows images and fonts from itself only.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      sourcemap: false,
      target: 'es2023',
    },
    server: { proxy: { '/api': { target: PATCHGATE_API_ORIGIN, changeOrigin: false } } },
  };
});
