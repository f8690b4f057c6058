import { Button } from '@mantine/core';
import type { DemoFaultView } from '@patchgate/contracts';
import { useQuery } from '@tanstack/react-query';
import { useAllows } from '../../lib/principal.js';
import { reasonOf } from '../../ui/error-state.js';
import { Note } from '../../ui/note.js';
import classes from './demo-repair.module.css';
import { faultsQuery, useRepair } from './demo.queries.js';

interface DemoRepairProps {
  hostId: string;
  /** What finds out that it was repaired, here. */
  seenBy: 'gate' | 'poll';
}

const soon = {
  gate: 'The gate finds out at its next attempt, within seconds: watch it open by itself.',
  poll: 'The checks find out when they are polled next, within a minute, or with Test.',
} as const;

/** What stands in for somebody at the console of a simulated host. Draws nothing of a host that needs nobody there. */
export function DemoRepair({ hostId, seenBy }: DemoRepairProps) {
  const { data } = useQuery(faultsQuery);
  const fault = data?.items.find(({ host_id }) => host_id === hostId);
  return fault === undefined ? null : <Repair fault={fault} seenBy={seenBy} />;
}

function Repair({ fault, seenBy }: { fault: DemoFaultView; seenBy: DemoRepairProps['seenBy'] }) {
  const mayRepair = useAllows('operator');
  const repair = useRepair(fault.host_id);
  const { service } = fault;
  const host = fault.fqdn.split('.')[0] ?? fault.fqdn;
  return (
    <section className={classes.repair} aria-label="Demo: repair this host">
      <h3 className={classes.title}>
        <span className={classes.word}>Demo</span>
        {fault.is_repaired
          ? `${service} runs again on ${host}`
          : `Somebody has stopped ${service} on ${host}`}
      </h3>
      <p role="status">
        {fault.is_repaired
          ? soon[seenBy]
          : 'On a real host somebody would log in and start it. Here this button does; Patchgate has to find out by itself.'}
      </p>
      {!fault.is_repaired && mayRepair && (
        <Button loading={repair.isPending} onClick={() => repair.mutate()}>
          Start {service} on {host}
        </Button>
      )}
      {repair.isError && (
        <Note tone="bad" live>
          {reasonOf(repair.error)}
        </Note>
      )}
    </section>
  );
}
