import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { holdsHost, runStatuses } from './run.js';

const migration = new URL('../../../../migrations/1790000700000-patch-jobs.ts', import.meta.url);

test('the host that a run keeps for itself is the one that the database keeps for it', () => {
  const text = readFileSync(migration, 'utf8');
  const [, condition = ''] =
    /UNIQUE INDEX patch_job_hosts_active_key ON patch_job_hosts \(host_id\)\s+WHERE ([^;]+);/.exec(text) ??
    [];
  const parts = /^status IN \(([^)]+)\)\s+OR \(status = 'indeterminate' AND resolved_at IS NULL\)$/.exec(
    condition,
  );
  const open = [...(parts?.[1] ?? '').matchAll(/'(\w+)'/g)].map(([, status]) => status);
  expect(open.length).toBeGreaterThan(0);
  for (const status of runStatuses) {
    for (const isResolved of [true, false]) {
      const isIndexed = open.includes(status) || (status === 'indeterminate' && !isResolved);
      expect([status, holdsHost({ status, isResolved })]).toEqual([status, isIndexed]);
    }
  }
});
