import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { HostView } from '@patchgate/contracts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useId, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { reasonOf } from '../../ui/error-state.js';
import { Icon } from '../../ui/icon.js';
import { StateBadge } from '../../ui/state-badge.js';
import classes from './host-finder.module.css';
import { Dialog } from '../../ui/dialog.js';
import { hostFinderQuery } from './hosts.queries.js';

/** Ctrl-K: type a part of a name or address, arrow to it, Enter. */
export function HostFinder({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const listId = useId();
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const [q] = useDebouncedValue(typed.trim(), 120);
  const query = useQuery(hostFinderQuery(q));
  const hosts = query.data?.items ?? [];

  const open = (host: HostView | undefined): void => {
    if (host === undefined) return;
    onClose();
    void navigate({ to: '/hosts/$hostId', params: { hostId: host.id } });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') open(hosts[active]);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || hosts.length === 0) return;
    event.preventDefault();
    setActive((active + step + hosts.length) % hosts.length);
  };

  return (
    <Dialog onClose={onClose} title="Find a host" size={560} yOffset="12vh" centered={false}>
      <TextInput
        role="combobox"
        aria-label="Name or address"
        aria-expanded={hosts.length > 0}
        aria-controls={listId}
        aria-activedescendant={hosts.length > 0 ? `${listId}-${active}` : undefined}
        placeholder="Name or address"
        leftSection={<Icon name="search" size={14} />}
        value={typed}
        maxLength={200}
        data-autofocus
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul className={classes.list} id={listId} role="listbox" aria-label="Hosts found">
        {hosts.map((host, index) => (
          <li
            key={host.id}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === active}
            className={classes.option}
            onClick={() => open(host)}
            onMouseMove={() => setActive(index)}
          >
            <span className={classes.name}>{host.fqdn}</span>
            <span className={classes.address}>{host.address}</span>
            <StateBadge state={host.health_check_status} />
          </li>
        ))}
      </ul>
      <p className={classes.note} role="status">
        {query.isError && reasonOf(query.error)}
        {query.isSuccess && hosts.length === 0 && 'No host matches.'}
        {query.isSuccess &&
          query.data.total > hosts.length &&
          `${query.data.total} match; type more to narrow them down.`}
      </p>
    </Dialog>
  );
}
