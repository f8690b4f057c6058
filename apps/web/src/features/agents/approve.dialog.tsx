import { enrollmentEndpoints } from '@patchgate/contracts';
import type { EnrollmentView } from '@patchgate/contracts';
import { useQuery } from '@tanstack/react-query';
import { groupChoicesQuery } from '../../lib/fleet.queries.js';
import { announce } from '../../lib/notices.js';
import { useForm } from '../../lib/use-form.js';
import { CheckField } from '../../ui/check-field.js';
import { FormDialog } from '../../ui/form-dialog.js';
import { Note } from '../../ui/note.js';
import { QueryView } from '../../ui/query-view.js';
import { SkeletonRows } from '../../ui/skeleton.js';
import classes from './agents.module.css';
import { useApprove } from './agents.mutations.js';

interface ApproveDialogProps {
  request: EnrollmentView;
  onClose: () => void;
}

export function ApproveDialog({ request, onClose }: ApproveDialogProps) {
  const { id, fqdn, address, agent_port: port, agent, vouched_by: voucher } = request;
  const approve = useApprove(id);
  const form = useForm({
    initial: { group_ids: voucher?.group ? [voucher.group.id] : [] },
    schema: enrollmentEndpoints.approve.body,
    send: async (body) => {
      await approve.mutateAsync(body);
      announce(`${fqdn} is a host now.`);
      onClose();
    },
  });
  const chosen = form.values.group_ids;
  const toggle = (group: string): void =>
    form.set(
      'group_ids',
      chosen.includes(group) ? chosen.filter((one) => one !== group) : [...chosen, group],
    );
  return (
    <FormDialog title={`Approve ${fqdn}`} form={form} submit="Approve" onClose={onClose}>
      <p>
        It becomes a host at {address} port {port}, and its agent gets a certificate.
        {agent === 'public' &&
          ' Its key is made here, and has to be fetched by the agent within ten minutes.'}
      </p>
      {voucher === null && (
        <Note tone="wait">
          It came without a token. Compare its machine id with /etc/machine-id there before you approve it.
        </Note>
      )}
      <GroupChoice chosen={chosen} onToggle={toggle} />
    </FormDialog>
  );
}

function GroupChoice({ chosen, onToggle }: { chosen: readonly string[]; onToggle: (id: string) => void }) {
  const query = useQuery(groupChoicesQuery);
  return (
    <QueryView query={query} what="the groups" skeleton={<SkeletonRows rows={3} waitsFor="the groups" />}>
      {(groups) =>
        groups.length === 0 ? (
          <p className={classes.quiet}>There is no group yet: administrators alone will see it.</p>
        ) : (
          <fieldset className={classes.groups}>
            <legend>Groups; in none, administrators alone see it</legend>
            <ul>
              {groups.map(({ id, name }) => (
                <li key={id}>
                  <CheckField label={name} checked={chosen.includes(id)} onChange={() => onToggle(id)} />
                </li>
              ))}
            </ul>
          </fieldset>
        )
      }
    </QueryView>
  );
}
