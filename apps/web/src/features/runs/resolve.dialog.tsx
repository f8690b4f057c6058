import { Textarea } from '@mantine/core';
import { patchRunEndpoints } from '@patchgate/contracts';
import type { RunDetailView } from '@patchgate/contracts';
import { announce } from '../../lib/notices.js';
import { useForm } from '../../lib/use-form.js';
import { FormDialog } from '../../ui/form-dialog.js';
import { Note } from '../../ui/note.js';
import classes from './override.module.css';
import { useResolve } from './run.mutations.js';

const outcomes = [
  {
    value: 'succeeded',
    word: 'It succeeded',
    note: 'The packages are in place; the host is free for other jobs.',
  },
  {
    value: 'failed',
    word: 'It failed',
    note: 'It goes on counting as a failure; the host is free for other jobs.',
  },
] as const;

/** Says what became of a run whose outcome nobody knows. Nothing is chosen beforehand: it is a decision. */
export function ResolveDialog({ run, onClose }: { run: RunDetailView; onClose: () => void }) {
  const resolve = useResolve({ jobId: run.job_id, runId: run.id });
  const form = useForm({
    initial: { outcome: '', reason: '' },
    schema: patchRunEndpoints.resolve.body,
    send: async (body) => {
      await resolve.mutateAsync(body);
      announce(`The outcome of ${run.fqdn} is decided.`);
      onClose();
    },
  });
  const error = form.errors.fields.outcome;
  return (
    <FormDialog title={`What became of ${run.fqdn}?`} form={form} submit="Decide" onClose={onClose}>
      <p>
        The host was told to patch, and nobody knows what came of it. Look at the host first; until somebody
        decides, or its agent reports, no other job can have it.
      </p>
      <fieldset className={classes.outcome}>
        <legend>Outcome</legend>
        {outcomes.map(({ value, word, note }) => (
          <label key={value} className={classes.choice}>
            <input
              type="radio"
              name="outcome"
              value={value}
              checked={form.values.outcome === value}
              aria-invalid={error !== undefined}
              onChange={() => form.set('outcome', value)}
            />
            <span>
              <b>{word}</b>
              <small>{note}</small>
            </span>
          </label>
        ))}
      </fieldset>
      {error !== undefined && (
        <Note tone="bad" live>
          Choose one of the two.
        </Note>
      )}
      <Textarea
        label="Reason"
        description="At least 10 characters: what you saw on the host."
        rows={2}
        required
        {...form.text('reason')}
      />
      <Note tone="plain">This is audited, and cannot be changed afterwards.</Note>
    </FormDialog>
  );
}
