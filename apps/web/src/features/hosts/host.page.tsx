import type { HostView } from '@patchgate/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { hasCode } from '../../lib/api-error.js';
import { useAllows } from '../../lib/principal.js';
import { EditActions } from '../../ui/edit-actions.js';
import { EmptyPage } from '../../ui/empty-state.js';
import { LinkButton } from '../../ui/link-button.js';
import { QueryView } from '../../ui/query-view.js';
import { DeployLink } from './deploy-link.js';
import { DeleteHostDialog } from './delete-host.dialog.js';
import { EditHostDialog } from './edit-host.dialog.js';
import { HostAgent } from './host-agent.card.js';
import { HostChanges } from './host-changes.card.js';
import { HostFacts } from './host-facts.card.js';
import { HostGroups } from './host-groups.card.js';
import { HostHeader, HostHeaderFrame } from './host-header.js';
import { HostJobs } from './host-jobs.card.js';
import { HostPatches } from './host-patches.card.js';
import { HostSkeleton } from './host-skeleton.js';
import classes from './host.module.css';
import { hostQuery } from './hosts.queries.js';

interface HostPageProps {
  /** Draws the health checks of the host; they are a feature of their own. */
  checks: (host: HostView) => ReactNode;
  /** Draws when the host may be patched. */
  windows: (host: HostView) => ReactNode;
}

export function HostPage({ checks, windows }: HostPageProps) {
  const { hostId } = getRouteApi('/shell/hosts/$hostId').useParams();
  const query = useQuery(hostQuery(hostId));
  if (hasCode(query.error, 'not_found') || hasCode(query.error, 'invalid_request')) {
    return (
      <EmptyPage
        icon="hosts"
        title="There is no such host"
        action={<LinkButton to="/hosts">All hosts</LinkButton>}
      >
        It may have been deleted, or it is in none of your groups.
      </EmptyPage>
    );
  }
  return (
    <QueryView
      query={query}
      what="this host"
      skeleton={<HostSkeleton />}
      header={<HostHeaderFrame isLoading={false} />}
    >
      {(host) => <HostDetails host={host} checks={checks} windows={windows} />}
    </QueryView>
  );
}

function HostDetails({ host, checks, windows }: HostPageProps & { host: HostView }) {
  const mayEdit = useAllows('admin');
  const mayDeploy = useAllows('operator');
  const [dialog, setDialog] = useState<'edit' | 'delete' | null>(null);
  const close = () => setDialog(null);
  return (
    <>
      <HostHeader
        host={host}
        actions={
          <>
            {mayDeploy && <DeployLink hostId={host.id} />}
            {mayEdit && <EditActions onOpen={setDialog} />}
          </>
        }
      />
      <div className={classes.columns}>
        <div className={classes.column}>
          {checks(host)}
          <HostPatches host={host} />
          <HostJobs host={host} />
          <HostChanges hostId={host.id} />
        </div>
        <div className={classes.column}>
          <HostAgent host={host} />
          {windows(host)}
          <HostFacts host={host} />
          <HostGroups host={host} mayEdit={mayEdit} />
        </div>
      </div>
      {dialog === 'edit' && <EditHostDialog host={host} onClose={close} />}
      {dialog === 'delete' && <DeleteHostDialog host={host} onClose={close} />}
    </>
  );
}
