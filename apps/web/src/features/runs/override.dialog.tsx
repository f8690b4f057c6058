import { Textarea } from '@mantine/core';
import { patchRunEndpoints } from '@patchgate/contracts';
import type { RunDetailView } from '@patchgate/contracts';
import { whatHappened } from '../../lib/check-reasons.js';
import { announce } from '../../lib/notices.js';
import { useForm } from '../../lib/use-form.js';
import { FormDialog } from '../../ui/form-dialog.js';
import { Note } from '../../ui/note.js';
import { StateBadge } from '../../ui/state-badge.js';
import { attemptStates } from '../../ui/run-states.js';
import classes from './override.module.css';
import { useOverride } from './run.mutations.js';

/** Lets a host start against its checks. What is red is named once more, beside the reason that is asked for. */
export function OverrideDialog({ run, onClose }: { run: RunDetailView; onClose: () => void }) {
  const override = useOverride({ jobId: run.job_id, runId: run.id });
  const form = useForm({
    initial: { reason: '' },
    schema: patchRunEndpoints.override.body,
    send: async (body) => {
      await override.mutateAsync(body);
      announce(`The gate of ${run.fqdn} is overridden.`);
      onClose();
    },
  });
  const red = run.gate.checks.filter(({ verdict }) => verdict !== 'pass');
  return (
    <FormDialog
      title={`Override the gate of ${run.fqdn}?`}
      form={form}
      submit="Override the gate"
      onClose={onClose}
    >
      <p>
        The host is patched at the next attempt although its checks do not pass. The pause of the job, the
        window, batches and rights still hold. A check that is red now and after the patch counts as failing
        before.
      </p>
      {red.length > 0 && (
        <ul className={classes.evidence}>
          {red.map((check) => (
            <li key={check.check_id}>
              <StateBadge state={attemptStates[check.verdict]} /> <b>{check.name}</b>
              <span className={classes.what}>{whatHappened(check)}</span>
            </li>
          ))}
        </ul>
      )}
      <Textarea
        label="Reason"
        description="At least 10 characters: why this host may be patched while it is not healthy."
        rows={2}
        required
        data-autofocus
        {...form.text('reason')}
      />
      <Note tone="wait">
        This is audited: your name, this reason and the failing checks are kept with the run for good.
      </Note>
    </FormDialog>
  );
}
