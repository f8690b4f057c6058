import type { HostView } from '@patchgate/contracts';
import { Link } from '@tanstack/react-router';
import { splitName } from '../../lib/host-name.js';
import type { ReactNode } from 'react';
import { Icon } from '../../ui/icon.js';
import { PageHeader } from '../../ui/page-header.js';
import { RelativeTime } from '../../ui/relative-time.js';
import { SkeletonBar } from '../../ui/skeleton.js';
import { StateBadge } from '../../ui/state-badge.js';
import { states } from '../../ui/states.js';
import { ActiveRun } from './active-run.js';
import { agentState, checksSummary, systemOf } from './host-words.js';

interface HostHeaderProps {
  host: HostView;
  actions: ReactNode;
}

export function HostHeader({ host, actions }: HostHeaderProps) {
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
          <ActiveRun host={host} />
          {host.pending_reboot === true && (
            <span>
              <Icon name="power" size={14} /> Reboot needed
            </span>
          )}
        </>
      }
      phoneFactLines={2}
      actions={actions}
    />
  );
}

/** The same lines before anything is known of the host, or when nothing will be. */
export function HostHeaderFrame({ isLoading, actions }: { isLoading: boolean; actions?: ReactNode }) {
  return (
    <PageHeader
      title="Host"
      crumbs={<Link to="/hosts">Hosts</Link>}
      facts={
        isLoading ? (
          <>
            <SkeletonBar width="180px" />
            <SkeletonBar width="80px" />
            <SkeletonBar width="110px" />
          </>
        ) : undefined
      }
      phoneFactLines={2}
      {...(actions !== undefined && { actions })}
    />
  );
}
