import { Button, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { id } from '@patchgate/contracts';
import type { CertificateBundleView } from '@patchgate/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { chosen } from '../../lib/chosen.js';
import { saveFile } from '../../lib/save-file.js';
import { useForm } from '../../lib/use-form.js';
import { Dialog } from '../../ui/dialog.js';
import { FormDialog } from '../../ui/form-dialog.js';
import { Icon } from '../../ui/icon.js';
import { Note } from '../../ui/note.js';
import classes from './agents.module.css';
import { useIssueBundle } from './agents.mutations.js';
import { bundleHostsQuery } from './agents.queries.js';
import { bundleArchive } from './bundle-archive.js';

interface Choice {
  value: string;
  label: string;
}

/** Keys and certificates for an agent that is put in place by hand. */
export function BundleDialog({ onClose }: { onClose: () => void }) {
  const issue = useIssueBundle();
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed, 200);
  const hosts = useQuery(bundleHostsQuery(q));
  const [picked, setPicked] = useState<Choice | null>(null);
  const [bundle, setBundle] = useState<CertificateBundleView | null>(null);
  const form = useForm({
    initial: { host: '' },
    schema: chosen('host', id),
    send: async (hostId) => setBundle(await issue.mutateAsync(hostId)),
  });
  if (bundle !== null && picked !== null) {
    return <Download bundle={bundle} fqdn={picked.label} onClose={onClose} />;
  }
  const options = (hosts.data?.items ?? []).map(({ id: value, fqdn: label }) => ({ value, label }));
  const isListed = picked === null || options.some(({ value }) => value === picked.value);
  return (
    <FormDialog title="Certificate bundle" form={form} submit="Make bundle" onClose={onClose}>
      <p>
        For linux_patch_api, which expects its key from the manager. The certificate the host has now stays
        valid until it ends or is revoked.
      </p>
      <Select
        label="Host"
        placeholder="Search by name"
        data={isListed ? options : [picked, ...options]}
        filter={({ options: unfiltered }) => unfiltered}
        value={form.values.host === '' ? null : form.values.host}
        onChange={(value, option) => {
          setPicked(value === null || option === null ? null : { value, label: option.label });
          form.set('host', value ?? '');
        }}
        searchable
        onSearchChange={(text) => setTyped(text === picked?.label ? '' : text)}
        nothingFoundMessage="No host matches"
        error={form.errors.fields.host ?? (hosts.isError && 'The hosts could not be loaded.')}
        data-autofocus
      />
    </FormDialog>
  );
}

interface DownloadProps {
  bundle: CertificateBundleView;
  fqdn: string;
  onClose: () => void;
}

function Download({ bundle, fqdn, onClose }: DownloadProps) {
  return (
    // Only the button closes it: a stray click must not lose a key that is never shown again.
    <Dialog onClose={onClose} title={fqdn} size={520} closeOnClickOutside={false} withCloseButton={false}>
      <div className={classes.stack}>
        <Note tone="wait">It holds a private key, which is kept nowhere else: download it now.</Note>
        <span className={classes.quiet}>
          Unpack it in /etc/linux_patch_api and start the agent again:{' '}
          <code className={classes.mono}>certs/</code> holds ca.pem, server.pem, server.key.pem and crl.pem.
        </span>
        <div className={classes.end}>
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          <Button
            leftSection={<Icon name="download" />}
            onClick={() => saveFile(`${fqdn}-certs.tar`, bundleArchive(bundle), 'application/x-tar')}
          >
            Download
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
