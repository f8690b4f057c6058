import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { followEvents } from '../lib/live-events.js';
import { createLiveUpdates } from '../lib/live-updates.js';
import { createQueryClient } from '../lib/query-client.js';
import { sessionQuery } from '../lib/session.queries.js';
import { NoticeRegion } from '../ui/notice-region.js';
import { askForSession } from './ask-for-session.js';
import { cssVariablesResolver } from './css-variables.js';
import { DemoBanner } from './demo-banner.js';
import { createAppRouter } from './router.js';
import { theme } from './theme.js';

const queryClient = createQueryClient(() => {
  // Once is enough, however many requests find out at the same time.
  if (queryClient.getQueryData(sessionQuery.queryKey) === null) return;
  queryClient.setQueryData(sessionQuery.queryKey, null);
  const { href } = router.state.location;
  void router.navigate({ to: '/sign-in', search: { ended: 'yes', to: href }, replace: true });
});
const live = createLiveUpdates({
  queryClient,
  follow: followEvents,
  onRefused: () => void askForSession(queryClient),
});
const router = createAppRouter(queryClient, live);

export function Application() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <DemoBanner />
        <RouterProvider router={router} />
        <NoticeRegion />
      </QueryClientProvider>
    </MantineProvider>
  );
}
