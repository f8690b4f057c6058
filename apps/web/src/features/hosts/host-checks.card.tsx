import type { HostView } from '@patchgate/contracts';
import { countOf } from '../../lib/counts.js';
import { Card } from '../../ui/card.js';
import { EmptyState } from '../../ui/empty-state.js';
import { CheckStrip } from './check-strip.js';
import { checksSummary } from './host-words.js';

export function HostChecks({ host }: { host: HostView }) {
  const summary = checksSummary(host.health_checks);
  if (summary === null) {
    return (
      <Card title="Health checks" note="none" padding="flush">
        <EmptyState icon="shield" title="Nothing watches this host">
          Without a check nobody can say whether it is healthy, and the gate would let it pass with a warning.
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card title="Health checks" note={countOf(host.health_checks.total, 'check')}>
      <CheckStrip checks={host.health_checks} label={summary} /> {summary}
    </Card>
  );
}
