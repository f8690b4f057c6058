import { useQuery } from '@tanstack/react-query';
import { overviewQuery } from '../../lib/fleet.queries.js';
import { useAllows } from '../../lib/principal.js';
import { EmptyCard } from '../../ui/empty-state.js';
import { Icon } from '../../ui/icon.js';
import { LinkButton } from '../../ui/link-button.js';

const whatAJobIs =
  'A job brings patches to hosts, each behind its gate: a host is patched once all of its health checks pass, and not at all when its window closes before they do.';

export function NoJobs({ isFiltered }: { isFiltered: boolean }) {
  const mayDeploy = useAllows('operator');
  const { data } = useQuery(overviewQuery);
  if (isFiltered) {
    return (
      <EmptyCard
        icon="search"
        title="No job matches"
        action={
          <LinkButton to="/jobs" variant="default">
            Clear all filters
          </LinkButton>
        }
      >
        No job with a host that you see fits the search and the filters above.
      </EmptyCard>
    );
  }
  if (data?.hosts.total === 0) {
    return (
      <EmptyCard
        icon="jobs"
        title="No jobs yet, and no hosts"
        action={<LinkButton to="/hosts">Begin with a host</LinkButton>}
      >
        {whatAJobIs}
      </EmptyCard>
    );
  }
  return (
    <EmptyCard
      icon="jobs"
      title="No jobs yet"
      {...(mayDeploy && {
        action: (
          <LinkButton to="/deploy" leftSection={<Icon name="deploy" />}>
            Deploy patches
          </LinkButton>
        ),
      })}
    >
      {whatAJobIs}
    </EmptyCard>
  );
}
