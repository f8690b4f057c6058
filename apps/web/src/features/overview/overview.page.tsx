import { useQuery } from '@tanstack/react-query';
import { countOf } from '../../lib/counts.js';
import { overviewQuery } from '../../lib/fleet.queries.js';
import { PageHeader } from '../../ui/page-header.js';
import { QueryView } from '../../ui/query-view.js';
import { RelativeTime } from '../../ui/relative-time.js';
import { AgentsCard } from './agents.card.js';
import { FirstSteps } from './first-steps.js';
import { FleetHealth } from './fleet-health.card.js';
import { LatestChanges } from './latest-changes.card.js';
import { NextWindows } from './next-windows.card.js';
import { OverviewSkeleton } from './overview-skeleton.js';
import classes from './overview.module.css';
import { PatchesCard } from './patches.card.js';
import { PatchingNow } from './patching-now.card.js';
import { UnhealthyHosts } from './unhealthy-hosts.card.js';

export function OverviewPage() {
  const query = useQuery(overviewQuery);
  return (
    <>
      <PageHeader
        title="Overview"
        facts={
          query.data === undefined || query.data.hosts.total === 0 ? null : (
            <>
              <span>
                {countOf(query.data.hosts.total, 'host')} in {countOf(query.data.groups, 'group')}
              </span>
              <span>
                as of <RelativeTime at={query.data.at} />
              </span>
            </>
          )
        }
      />
      <QueryView query={query} what="the overview" skeleton={<OverviewSkeleton />}>
        {(overview) =>
          overview.hosts.total === 0 ? (
            <FirstSteps />
          ) : (
            <div className={classes.columns}>
              <div className={classes.column}>
                <FleetHealth hosts={overview.hosts} />
                <PatchingNow />
                <NextWindows />
                <UnhealthyHosts />
              </div>
              <div className={classes.column}>
                <AgentsCard agents={overview.agents} />
                <PatchesCard patches={overview.security_patches} />
                <LatestChanges />
              </div>
            </div>
          )
        }
      </QueryView>
    </>
  );
}
