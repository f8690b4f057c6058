import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { healthCheckEndpoints } from '@patchgate/contracts';
import type { HealthCheckView, HostView } from '@patchgate/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { countOf } from '../../lib/counts.js';
import { announce } from '../../lib/notices.js';
import { useForm } from '../../lib/use-form.js';
import { CheckField } from '../../ui/check-field.js';
import { FormDialog } from '../../ui/form-dialog.js';
import { QueryView } from '../../ui/query-view.js';
import { SkeletonRows } from '../../ui/skeleton.js';
import { mostChecks } from './check-section-actions.js';
import classes from './copy-checks.module.css';
import { useCopyChecks } from './health-checks.mutations.js';
import { copyTargetsQuery } from './health-checks.queries.js';

interface CopyChecksDialogProps {
  host: HostView;
  checks: readonly HealthCheckView[];
  onClose: () => void;
}

export function CopyChecksDialog({ host, checks, onClose }: CopyChecksDialogProps) {
  const copy = useCopyChecks(host.id);
  const count = countOf(checks.length, 'check');
  const form = useForm({
    initial: { host_ids: [] as readonly string[] },
    schema: healthCheckEndpoints.copy.body,
    send: async ({ host_ids: hostIds }) => {
      const done = await copy.mutateAsync(hostIds);
      announce(`${countOf(done.checks, 'check')} copied to ${countOf(done.hosts, 'host')}.`);
      onClose();
    },
  });
  const chosen = form.values.host_ids;
  const toggle = (id: string): void =>
    form.set('host_ids', chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id]);
  return (
    <FormDialog
      title={`Copy ${count} to other hosts`}
      form={form}
      submit={chosen.length === 0 ? 'Copy checks' : `Copy to ${countOf(chosen.length, 'host')}`}
      onClose={onClose}
    >
      <p>
        Each chosen host gets all of them beside its own, stored passwords too. Addresses and URLs are copied
        as they are: those that name this host still ask this host.
      </p>
      <TargetChoice
        ownId={host.id}
        needed={checks.length}
        chosen={chosen}
        onToggle={toggle}
        error={form.errors.fields.host_ids}
      />
    </FormDialog>
  );
}

interface TargetChoiceProps {
  ownId: string;
  /** How many places a host needs to be free. */
  needed: number;
  chosen: readonly string[];
  onToggle: (hostId: string) => void;
  error: string | undefined;
}

function TargetChoice({ ownId, needed, chosen, onToggle, error }: TargetChoiceProps) {
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed, 200);
  const query = useQuery(copyTargetsQuery(q));
  return (
    <>
      <TextInput
        label="Hosts"
        placeholder="Search by name or address"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        error={error !== undefined && 'Choose one host or more.'}
        aria-invalid={error !== undefined}
        data-autofocus
      />
      <QueryView query={query} what="the hosts" skeleton={<SkeletonRows rows={4} waitsFor="the hosts" />}>
        {({ items, total }) => {
          const others = items.filter(({ id }) => id !== ownId);
          if (others.length === 0) return <p className={classes.quiet}>No other host matches.</p>;
          return (
            <>
              <ul className={classes.hosts}>
                {others.map(({ id, fqdn, health_checks: { total: used } }) => {
                  const hasRoom = used + needed <= mostChecks;
                  return (
                    <li key={id}>
                      <CheckField
                        label={fqdn}
                        note={hasRoom ? countOf(used, 'check') : `no room, ${used} of ${mostChecks} used`}
                        checked={chosen.includes(id)}
                        disabled={!hasRoom}
                        onChange={() => onToggle(id)}
                      />
                    </li>
                  );
                })}
              </ul>
              {total > items.length && (
                <p className={classes.quiet}>The first {items.length}; search to find others.</p>
              )}
            </>
          );
        }}
      </QueryView>
    </>
  );
}
