import { Button, NativeSelect, TextInput } from '@mantine/core';
import { apiTokenEndpoints } from '@patchgate/contracts';
import { useState } from 'react';
import { useForm } from '../../lib/use-form.js';
import { CopyCommand } from '../../ui/copy-command.js';
import { FormDialog } from '../../ui/form-dialog.js';
import { Note } from '../../ui/note.js';
import { useCreateApiToken } from './account.mutations.js';
import { Dialog } from '../../ui/dialog.js';
import classes from './account.module.css';

const lifetimes = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
];

export function CreateApiTokenDialog({ onClose }: { onClose: () => void }) {
  const create = useCreateApiToken();
  const [token, setToken] = useState<string | null>(null);
  const form = useForm({
    initial: { name: '', expires_in_days: '90' },
    schema: apiTokenEndpoints.create.body,
    toBody: ({ name, expires_in_days: days }) => ({ name, expires_in_days: Number(days) }),
    send: async (body) => setToken((await create.mutateAsync(body)).token),
  });
  if (token !== null) return <NewToken token={token} onClose={onClose} />;
  return (
    <FormDialog title="Create API token" form={form} submit="Create token" onClose={onClose}>
      <TextInput
        label="Name"
        placeholder="nightly report"
        description="What will use it."
        data-autofocus
        required
        {...form.text('name')}
      />
      <NativeSelect
        label="Expires after"
        data={lifetimes}
        value={form.values.expires_in_days}
        onChange={(event) => form.set('expires_in_days', event.currentTarget.value)}
        error={form.errors.fields.expires_in_days}
      />
    </FormDialog>
  );
}

function NewToken({ token, onClose }: { token: string; onClose: () => void }) {
  return (
    // Only the button closes it: a stray click must not lose what is never shown again.
    <Dialog
      onClose={onClose}
      title="Your new token"
      size={520}
      closeOnClickOutside={false}
      withCloseButton={false}
    >
      <div className={classes.stack}>
        <Note tone="wait">Copy it now: it is shown this once and only a fingerprint of it is kept.</Note>
        <CopyCommand what="token" text={token} />
        <span className={classes.quiet}>
          Send it as <code className={classes.mono}>Authorization: Bearer …</code>
        </span>
        <div className={classes.submit}>
          <Button onClick={onClose}>I have copied it</Button>
        </div>
      </div>
    </Dialog>
  );
}
