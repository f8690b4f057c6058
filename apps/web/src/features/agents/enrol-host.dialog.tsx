import { Button } from '@mantine/core';
import { enrollmentTokenEndpoints } from '@patchgate/contracts';
import type { ResponseOf } from '@patchgate/contracts';
import { useState } from 'react';
import { formatExact, viewerZone } from '../../lib/times.js';
import { useForm } from '../../lib/use-form.js';
import { CopyCommand } from '../../ui/copy-command.js';
import { Dialog } from '../../ui/dialog.js';
import { FormDialog } from '../../ui/form-dialog.js';
import { GroupSelect } from '../../ui/group-select.js';
import { Note } from '../../ui/note.js';
import classes from './agents.module.css';
import { useCreateToken } from './agents.mutations.js';

type NewToken = ResponseOf<typeof enrollmentTokenEndpoints.create>;

export function EnrolHostDialog({ onClose }: { onClose: () => void }) {
  const create = useCreateToken();
  const [made, setMade] = useState<NewToken | null>(null);
  const form = useForm({
    initial: { group: '' },
    schema: enrollmentTokenEndpoints.create.body,
    toBody: ({ group }) => ({ group_id: group === '' ? null : group }),
    send: async (body) => setMade(await create.mutateAsync(body)),
  });
  if (made !== null) return <PasteCommand made={made} onClose={onClose} />;
  return (
    <FormDialog title="Enrol a host" form={form} submit="Create command" onClose={onClose}>
      <p>
        You get a command for a shell of the machine. It installs the agent, which then waits on this page
        until you approve it.
      </p>
      <GroupSelect
        label="Group, optional"
        none="Choose when approving"
        value={form.values.group}
        onChange={(group) => form.set('group', group)}
        error={form.errors.fields.group_id}
      />
    </FormDialog>
  );
}

function PasteCommand({ made, onClose }: { made: NewToken; onClose: () => void }) {
  const until = formatExact(made.expires_at, viewerZone());
  return (
    // Only the button closes it: a stray click must not lose what is never shown again.
    <Dialog
      onClose={onClose}
      title="Paste this on the machine"
      size={620}
      closeOnClickOutside={false}
      withCloseButton={false}
    >
      <div className={classes.stack}>
        <Note tone="wait">Good for one host and for 30 minutes, until {until}. It is shown this once.</Note>
        {made.command === null ? (
          <>
            <Note tone="plain">
              This manager was built without the files of the agent, so there is no command to fetch them. An
              agent that is installed already enrols with this token.
            </Note>
            <CopyCommand what="token" text={made.token} />
          </>
        ) : (
          <CopyCommand what="command" text={made.command} />
        )}
        <span className={classes.quiet}>
          The agent checks this manager by the fingerprint in the token before it sends it. Its request then
          waits here for your approval{made.group === null ? '' : `, into ${made.group.name}`}.
        </span>
        <div className={classes.end}>
          <Button onClick={onClose}>I have copied it</Button>
        </div>
      </div>
    </Dialog>
  );
}
