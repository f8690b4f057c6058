import { totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';

import type { CheckDefinition, CheckOutcome } from './health-check.js';
import { thresholdOutcome } from './threshold-outcome.js';

export interface MemoryUse {
  heapUsedBytes: number;
  /** Where V8 gives up, see `--max-old-space-size`. */
  heapLimitBytes: number;
  residentBytes: number;
  /** What the machine or the container has. */
  availableBytes: number;
}

const DEGRADED_SHARE = 0.85;
const UNHEALTHY_SHARE = 0.95;

/** Judges the fuller of the heap (`heap`) and the memory of the machine or container (`resident`). */
export function memoryOutcome(use: MemoryUse): CheckOutcome {
  const heapShare = use.heapUsedBytes / use.heapLimitBytes;
  const residentShare = use.residentBytes / use.availableBytes;
  const reason = heapShare >= residentShare ? 'heap' : 'resident';
  const thresholds = { degradedAbove: DEGRADED_SHARE, unhealthyAbove: UNHEALTHY_SHARE, reason };
  return thresholdOutcome(Math.max(heapShare, residentShare), thresholds);
}

/** The parts of `process` that tell how much memory it uses and may use. */
export type MemorySource = Pick<NodeJS.Process, 'memoryUsage' | 'constrainedMemory'>;

/** The stock check `memory`: not critical, because a process short of memory still serves. */
export function memoryCheck(source: MemorySource): CheckDefinition {
  return {
    name: 'memory',
    critical: false,
    everyMs: 5000,
    timeoutMs: 2000,
    check: () => Promise.resolve(memoryOutcome(readMemory(source))),
  };
}

function readMemory(source: MemorySource): MemoryUse {
  const heap = getHeapStatistics();
  // Without a limit Linux reports 0 or an absurdly large number.
  const limit = source.constrainedMemory();
  const machine = totalmem();
  return {
    heapUsedBytes: heap.used_heap_size,
    heapLimitBytes: heap.heap_size_limit,
    residentBytes: source.memoryUsage.rss(),
    availableBytes: limit > 0 && limit < machine ? limit : machine,
  };
}
