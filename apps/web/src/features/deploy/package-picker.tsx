import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { jobRequest } from '@patchgate/contracts';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { countOf, formatCount } from '../../lib/counts.js';
import { Card } from '../../ui/card.js';
import { CheckField } from '../../ui/check-field.js';
import { Icon } from '../../ui/icon.js';
import { QueryView } from '../../ui/query-view.js';
import { SkeletonRows } from '../../ui/skeleton.js';
import { pendingPackagesQuery } from './deploy.queries.js';
import classes from './package-picker.module.css';
import type { Order } from './use-order.js';

interface PackagePickerProps {
  title: string;
  order: Order;
  chosen: readonly string[];
  error: string | undefined;
  onChange: (chosen: string[]) => void;
}

const isName = (text: string): boolean => jobRequest.shape.exclude.safeParse([text]).success;

/** Packages of those outstanding on the chosen hosts; a name that nothing has yet can be typed. */
export function PackagePicker({ title, order, chosen, error, onChange }: PackagePickerProps) {
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim(), 200);
  const query = useQuery(pendingPackagesQuery(order.draft, q));
  const listId = useId();
  const toggle = (name: string): void =>
    onChange(chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen, name]);
  const typedName = typed.trim();
  const mayAdd = typedName !== '' && isName(typedName) && !chosen.includes(typedName);
  const add = (): void => {
    if (!mayAdd) return;
    onChange([...chosen, typedName]);
    setTyped('');
  };
  const hasHosts = order.draft.host_ids.length + order.draft.group_ids.length > 0;
  return (
    <Card title={title} note={chosen.length === 0 ? undefined : formatCount(chosen.length)}>
      {chosen.length > 0 && <ChosenNames title={title} names={chosen} onRemove={toggle} />}
      <div className={classes.search}>
        <TextInput
          className={classes.field}
          aria-label={`${title}: name of a package`}
          aria-controls={listId}
          placeholder="Name of a package"
          leftSection={<Icon name="search" size={14} />}
          value={typed}
          maxLength={200}
          error={error}
          aria-invalid={error !== undefined}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event: KeyboardEvent) => {
            if (event.key === 'Enter') add();
          }}
        />
        {mayAdd && (
          <Button variant="default" leftSection={<Icon name="plus" size={14} />} onClick={add}>
            Add “{typedName}”
          </Button>
        )}
      </div>
      <div id={listId}>
        {!hasHosts ? (
          <p className={classes.quiet}>Choose hosts first, and what is outstanding on them is listed here.</p>
        ) : (
          <QueryView
            query={query}
            what="the packages"
            skeleton={<SkeletonRows rows={4} waitsFor="the packages" />}
          >
            {({ items, total }) =>
              items.length === 0 ? (
                <p className={classes.quiet}>
                  {q === ''
                    ? 'Nothing is known to be outstanding on these hosts.'
                    : 'Nothing outstanding has such a name. You can add it all the same.'}
                </p>
              ) : (
                <>
                  <ul className={classes.list}>
                    {items.map(({ name, hosts, security }) => (
                      <li key={name}>
                        <CheckField
                          label={name}
                          note={`${countOf(hosts, 'host')}${security === true ? ', security' : ''}`}
                          checked={chosen.includes(name)}
                          onChange={() => toggle(name)}
                        />
                      </li>
                    ))}
                  </ul>
                  {total > items.length && (
                    <p className={classes.quiet}>
                      The first {items.length} of {formatCount(total)}; search to find others.
                    </p>
                  )}
                </>
              )
            }
          </QueryView>
        )}
      </div>
    </Card>
  );
}

interface ChosenNamesProps {
  title: string;
  names: readonly string[];
  onRemove: (name: string) => void;
}

function ChosenNames({ title, names, onRemove }: ChosenNamesProps) {
  return (
    <ul className={classes.chosen} aria-label={title}>
      {names.map((name) => (
        <li key={name}>
          <button
            type="button"
            className={classes.tag}
            onClick={() => onRemove(name)}
            aria-label={`Remove ${name}`}
          >
            <span className={classes.name}>{name}</span>
            <Icon name="x" size={14} />
          </button>
        </li>
      ))}
    </ul>
  );
}
