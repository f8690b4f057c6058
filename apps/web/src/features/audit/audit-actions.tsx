import { Button } from '@mantine/core';
import { countOf, formatCount } from '../../lib/counts.js';
import { announce } from '../../lib/notices.js';
import { useAllows } from '../../lib/principal.js';
import { Dialog } from '../../ui/dialog.js';
import { reasonOf, RequestId } from '../../ui/error-state.js';
import { Icon } from '../../ui/icon.js';
import { Note } from '../../ui/note.js';
import type { AuditSearch } from './audit-search.js';
import { useExportAudit, useVerifyAudit } from './audit.mutations.js';

export function AuditActions({ search }: { search: AuditSearch }) {
  const mayVerify = useAllows('admin');
  const verify = useVerifyAudit();
  const exportLog = useExportAudit(search);
  const failure = verify.error ?? exportLog.error;
  const close = () => {
    verify.reset();
    exportLog.reset();
  };
  return (
    <>
      <Button
        variant="default"
        leftSection={<Icon name="download" />}
        aria-disabled={exportLog.isPending}
        onClick={() =>
          !exportLog.isPending &&
          exportLog.mutate(undefined, {
            onSuccess: (count) => announce(`${countOf(count, 'entry', 'entries')} exported.`),
          })
        }
      >
        {exportLog.isPending ? 'Exporting…' : 'Export CSV'}
      </Button>
      {mayVerify && (
        <Button
          variant="default"
          leftSection={<Icon name="shield" />}
          aria-disabled={verify.isPending}
          onClick={() => !verify.isPending && verify.mutate()}
        >
          {verify.isPending ? 'Verifying…' : 'Verify'}
        </Button>
      )}
      {(verify.isSuccess || failure !== null) && (
        <Dialog onClose={close} title="Audit log" size={460}>
          {verify.data?.valid === true && (
            <Note tone="ok">
              The chain is whole: {formatCount(verify.data.rows)} entries were recomputed and none was changed
              or removed.
            </Note>
          )}
          {verify.data?.valid === false && (
            <Note tone="bad">
              The chain breaks at entry {verify.data.first_invalid_seq ?? 'unknown'} of{' '}
              {formatCount(verify.data.rows)}: it, or one before it, was changed outside Patchgate.
            </Note>
          )}
          {failure !== null && (
            <Note tone="bad">
              {reasonOf(failure)}
              <RequestId error={failure} />
            </Note>
          )}
        </Dialog>
      )}
    </>
  );
}
