import { useAllows } from '../../lib/principal.js';
import { EmptyCard } from '../../ui/empty-state.js';
import { Icon } from '../../ui/icon.js';
import { LinkButton } from '../../ui/link-button.js';

export function NoJobs({ isFiltered }: { isFiltered: boolean }) {
  const mayDeploy = useAllows('operator');
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
      A job brings patches to hosts, each behind its gate: a host is patched once all of its health checks
      pass, and not at all when its window closes before they do.
    </EmptyCard>
  );
}
