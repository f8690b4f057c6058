import type { JobPreviewView, PreviewHostView } from '@patchgate/contracts';

let next = 0;

/** A host that is ready, but for what is changed of it. */
export function previewHost(changed: Partial<PreviewHostView> = {}): PreviewHostView {
  next += 1;
  return {
    host_id: `0195d0a1-7c3e-7a41-9b52-${String(next).padStart(12, '0')}`,
    fqdn: `web-${next}.example.org`,
    outcome: 'ready',
    reason: null,
    detail: null,
    busy_in: null,
    position: 0,
    batch: 1,
    health_check_status: 'healthy',
    health_checks: { total: 4, healthy: 4, unhealthy: 0, unknown: 0 },
    window: { opens_at: '2026-03-27T21:00:00.000Z', closes_at: '2026-03-28T01:00:00.000Z' },
    earliest_start_at: '2026-03-27T21:00:00.000Z',
    patches: 7,
    requires_reboot: false,
    ...changed,
  };
}

/** The preview of these hosts, counted. */
export function previewOf(items: PreviewHostView[], changed: Partial<JobPreviewView> = {}): JobPreviewView {
  const count = (outcome: PreviewHostView['outcome']): number =>
    items.filter((host) => host.outcome === outcome).length;
  return {
    name: 'Security patches, erp and prod-db',
    hosts_total: items.length,
    counts: {
      ready: count('ready'),
      would_wait: count('would_wait'),
      no_gate: count('no_gate'),
      will_not_start: count('will_not_start'),
    },
    first_start_at: '2026-03-27T21:00:00.000Z',
    obstacles: [],
    batches: 2,
    package_kinds: 61,
    reboots: 0,
    items,
    ...changed,
  };
}
