import { auditLogEndpoints } from '@patchgate/contracts';
import type { AuditEntryView } from '@patchgate/contracts';
import { useMutation } from '@tanstack/react-query';
import { call } from '../../lib/api.js';
import { saveFile } from '../../lib/save-file.js';
import { toCsv } from './audit-csv.js';
import type { AuditSearch } from './audit-search.js';
import { fetchAuditPage } from './audit.queries.js';

/** Recomputes the hash chain; it changes nothing, but it is asked for by a person, once. */
export const useVerifyAudit = () => useMutation({ mutationFn: () => call(auditLogEndpoints.verify, {}) });

/** All rows behind the filters, page by page, as one CSV file. */
export const useExportAudit = (search: AuditSearch) =>
  useMutation({
    mutationFn: async () => {
      const entries: AuditEntryView[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const page: Awaited<ReturnType<typeof fetchAuditPage>> = await fetchAuditPage(search, cursor);
        entries.push(...page.items);
        cursor = page.next_cursor;
      }
      saveFile('audit-log.csv', toCsv(entries), 'text/csv;charset=utf-8');
      return entries.length;
    },
  });
