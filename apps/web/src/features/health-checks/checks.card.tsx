import type { HealthCheckView, HostView } from '@patchgate/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { hostChecksQuery } from '../../lib/host-checks.queries.js';
import { useAllows } from '../../lib/principal.js';
import { Card } from '../../ui/card.js';
import { QueryView } from '../../ui/query-view.js';
import { SkeletonRows } from '../../ui/skeleton.js';
import { CheckDialogs } from './check-dialogs.js';
import { CheckRows } from './check-rows.js';
import { CheckSectionActions, mostChecks } from './check-section-actions.js';
import { NoChecks } from './no-checks.js';
import { PollingRulesContext, rulesOf } from './polling-rules.js';
import { useCheckDialog } from './use-check-dialog.js';

const route = getRouteApi('/shell/hosts/$hostId');

/** The checks of a host: what they say now, what they said for four days, and everything that is done with them. */
export function HealthChecks({ host }: { host: HostView }) {
  const mayEdit = useAllows('operator');
  const query = useQuery(hostChecksQuery(host.id));
  const { check } = route.useSearch();
  const { data } = query;
  const checks = data?.items ?? [];
  const rules = useMemo(() => (data === undefined ? null : rulesOf(data)), [data]);
  const dialog = useCheckDialog(check, route.useNavigate());

  return (
    <Card
      title="Health checks"
      note={query.data && noteOf(checks)}
      padding="flush"
      actions={
        mayEdit && checks.length > 0 && <CheckSectionActions count={checks.length} onOpen={dialog.open} />
      }
    >
      <QueryView
        query={query}
        what="the health checks"
        skeleton={<SkeletonRows rows={3} rowHeight="64px" waitsFor="the health checks" />}
      >
        {() =>
          checks.length === 0 ? (
            <NoChecks mayEdit={mayEdit} onAdd={() => dialog.open({ kind: 'add' })} />
          ) : (
            <PollingRulesContext value={rules}>
              <CheckRows
                checks={checks}
                asOfMs={query.dataUpdatedAt}
                mayEdit={mayEdit}
                onOpen={dialog.open}
              />
            </PollingRulesContext>
          )
        }
      </QueryView>
      {mayEdit && rules !== null && (
        <PollingRulesContext value={rules}>
          <CheckDialogs host={host} checks={checks} dialog={dialog.current} onClose={dialog.close} />
        </PollingRulesContext>
      )}
    </Card>
  );
}

function noteOf(checks: readonly HealthCheckView[]): string {
  const disabled = checks.filter((check) => !check.enabled).length;
  const used = `${checks.length} of ${mostChecks} used`;
  return disabled === 0 ? used : `${used}, ${disabled} disabled`;
}
