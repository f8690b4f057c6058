import type { QueryClient } from '@tanstack/react-query';
import { createRouter } from '@tanstack/react-router';
import type { LiveUpdates } from '../lib/live-updates.js';
import { parseSearch, stringifySearch } from '../lib/search-params.js';
import { CrashPage, MissingPage } from './fallback-pages.js';
import { routeTree } from './routes.js';

export const createAppRouter = (queryClient: QueryClient, live: LiveUpdates) =>
  createRouter({
    routeTree,
    context: { queryClient, live },
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultErrorComponent: CrashPage,
    defaultNotFoundComponent: MissingPage,
    scrollRestoration: true,
    scrollToTopSelectors: ['#main'],
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
