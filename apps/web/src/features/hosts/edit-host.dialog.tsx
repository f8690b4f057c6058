import { hostEndpoints } from '@patchgate/contracts';
import type { HostView } from '@patchgate/contracts';
import { announce } from '../../lib/notices.js';
import { useForm } from '../../lib/use-form.js';
import { FormDialog } from '../../ui/form-dialog.js';
import { HostFields, toHostBody } from './host-fields.js';
import { useUpdateHost } from './hosts.mutations.js';

interface EditHostDialogProps {
  host: HostView;
  onClose: () => void;
}

export function EditHostDialog({ host, onClose }: EditHostDialogProps) {
  const update = useUpdateHost(host.id);
  const form = useForm({
    initial: { fqdn: host.fqdn, address: host.address, agent_port: String(host.agent_port) },
    schema: hostEndpoints.update.body,
    toBody: toHostBody,
    fieldOfCode: { host_exists: 'fqdn' },
    send: async (body) => {
      const changed = await update.mutateAsync(body);
      announce(`${changed.fqdn} saved.`);
      onClose();
    },
  });
  return (
    <FormDialog title={`Edit ${host.fqdn}`} form={form} submit="Save" onClose={onClose}>
      <HostFields form={form} />
    </FormDialog>
  );
}
