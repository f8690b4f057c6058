import { ActionIcon, Button } from '@mantine/core';
import type { HostView } from '@patchgate/contracts';
import { countOf, formatCount } from '../../lib/counts.js';
import { useDeployDraft } from '../../lib/deploy-draft.js';
import { Icon } from '../../ui/icon.js';
import { LinkButton } from '../../ui/link-button.js';
import { StateBadge } from '../../ui/state-badge.js';
import { states } from '../../ui/states.js';
import classes from './selection-bar.module.css';
import type { Selection } from './use-selection.js';

interface SelectionBarProps {
  selection: Selection<HostView>;
  /** Only for those who may. */
  onAddToGroup?: () => void;
}

const worstFirst = ['unhealthy', 'unknown', 'none', 'healthy'] as const;

export function SelectionBar({ selection, onAddToGroup }: SelectionBarProps) {
  const { rows } = selection;
  const { begin } = useDeployDraft();
  if (rows.length === 0) return null;
  return (
    <div className={classes.bar} role="region" aria-label="Selection">
      <span className={classes.count}>{formatCount(rows.length)} selected</span>
      {worstFirst.map((status) => {
        const count = rows.filter((host) => host.health_check_status === status).length;
        if (count === 0) return null;
        const word = `${formatCount(count)} ${states[status].word.toLowerCase()}`;
        return (
          <span key={status} className={classes.health}>
            <StateBadge state={status} word={word} variant="plain" />
          </span>
        );
      })}
      {onAddToGroup && (
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="groups" size={14} />}
          onClick={onAddToGroup}
        >
          Add to group
        </Button>
      )}
      <LinkButton
        to="/deploy"
        size="xs"
        leftSection={<Icon name="deploy" size={14} />}
        onClick={() => begin({ host_ids: rows.map(({ id }) => id) })}
      >
        Deploy to {countOf(rows.length, 'host')}
      </LinkButton>
      <ActionIcon size="xs" aria-label="Clear the selection" onClick={selection.clear}>
        <Icon name="x" />
      </ActionIcon>
    </div>
  );
}
