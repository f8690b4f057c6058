import { Button } from '@mantine/core';
import type { HostView } from '@patchgate/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { hasCode } from '../../lib/api-error.js';
import { useAllows } from '../../lib/principal.js';
import { EmptyCard } from '../../ui/empty-state.js';
import { Icon } from '../../ui/icon.js';
import { LinkButton } from '../../ui/link-button.js';
import { PageHeader } from '../../ui/page-header.js';
import { QueryView } from '../../ui/query-view.js';
import { RelativeTime } from '../../ui/relative-time.js';
import { StateBadge } from '../../ui/state-badge.js';
import { DeleteHostDialog } from './delete-host.dialog.js';
import { EditHostDialog } from './edit-host.dialog.js';
import { HostChanges } from './host-changes.card.js';
import { HostChecks } from './host-checks.card.js';
import { HostFacts } from './host-facts.card.js';
import { HostGroups } from './host-groups.card.js';
import { HostSkeleton } from './host-skeleton.js';
import { agentState, checksSummary, splitName, systemOf } from './host-words.js';
import classes from './host.module.css';
import { hostQuery } from './hosts.queries.js';
import { states } from '../../ui/states.js';

export function HostPage() {
  const { hostId } = getRouteApi('/shell/hosts/$hostId').useParams();
  const query = useQuery(hostQuery(hostId));
  if (hasCode(query.error, 'not_found') || hasCode(query.error, 'invalid_request')) {
    return (
      <EmptyCard
        icon="hosts"
        title="There is no such host"
        action={<LinkButton to="/hosts">All hosts</LinkButton>}
      >
        It may have been deleted, or it is in none of your groups.
      </EmptyCard>
    );
  }
  return (
    <QueryView query={query} what="this host" skeleton={<HostSkeleton />}>
      {(host) => <HostDetails host={host} />}
    </QueryView>
  );
}

function HostDetails({ host }: { host: HostView }) {
  const mayEdit = useAllows('admin');
  const [dialog, setDialog] = useState<'edit' | 'delete' | null>(null);
  const close = () => setDialog(null);
  return (
    <>
      <HostHeader
        host={host}
        actions={
          mayEdit && (
            <>
              <Button variant="default" leftSection={<Icon name="edit" />} onClick={() => setDialog('edit')}>
                Edit
              </Button>
              <Button
                variant="danger"
                leftSection={<Icon name="trash" />}
                onClick={() => setDialog('delete')}
              >
                Delete
              </Button>
            </>
          )
        }
      />
      <div className={classes.columns}>
        <div className={classes.column}>
          <HostChecks host={host} />
          <HostChanges hostId={host.id} />
        </div>
        <div className={classes.column}>
          <HostFacts host={host} />
          <HostGroups host={host} mayEdit={mayEdit} />
        </div>
      </div>
      {dialog === 'edit' && <EditHostDialog host={host} onClose={close} />}
      {dialog === 'delete' && <DeleteHostDialog host={host} onClose={close} />}
    </>
  );
}

function HostHeader({ host, actions }: { host: HostView; actions: React.ReactNode }) {
  const system = systemOf(host);
  const summary = checksSummary(host.health_checks);
  const word = states[host.health_check_status].word;
  const agent = agentState(host.agent_status);
  const [group] = host.groups;
  return (
    <PageHeader
      title={splitName(host.fqdn).short}
      crumbs={
        <>
          <Link to="/hosts">Hosts</Link>
          {group !== undefined && (
            <>
              <span aria-hidden="true">/</span>
              <Link to="/hosts" search={{ group: group.id }}>
                {group.name}
              </Link>
            </>
          )}
        </>
      }
      badge={
        <StateBadge
          state={host.health_check_status}
          word={summary === null ? word : `${word}, ${summary}`}
          variant="pill"
        />
      }
      facts={
        <>
          <span>{host.fqdn}</span>
          {system !== null && <span>{system}</span>}
          <StateBadge state={agent} word={`Agent ${states[agent].word.toLowerCase()}`} variant="plain" />
          {host.last_seen_at !== null && (
            <span>
              seen <RelativeTime at={host.last_seen_at} />
            </span>
          )}
          {host.pending_reboot === true && (
            <span>
              <Icon name="power" size={14} /> Reboot needed
            </span>
          )}
        </>
      }
      actions={actions}
    />
  );
}
