import { readFile } from 'node:fs/promises';
import { z } from 'zod';

import { hasCode } from '../platform/durable-file.js';
import type { HostPaths } from '../platform/host-paths.js';
import { readIfThere } from '../platform/read-if-there.js';
import type { TransactionResult } from './journal-record.js';
import { transactionResult } from './journal-record.js';
import type { RunDirectory } from './run-directory.js';
import { isAlive, runnerIdentity } from './runner-identity.js';

export type RunnerObservation =
  | { kind: 'not_claimed' }
  /** The agent took the claim itself, so that no runner ever will. */
  | { kind: 'abandoned' }
  | { kind: 'cancelled'; isAlive: boolean }
  | { kind: 'working' }
  | { kind: 'ended'; result: TransactionResult }
  | { kind: 'vanished' };

/** The claim of an agent that gives a run up. */
export const ABANDONED = 'abandoned';
const claim = z.union([z.literal(ABANDONED), runnerIdentity]);

/** What the files of a run say about its runner. */
export async function observeRunner(directory: RunDirectory, paths: HostPaths): Promise<RunnerObservation> {
  const text = await readIfThere(directory.claim);
  const isCancelled = (await readIfThere(directory.decision)) === 'cancelled';
  if (text === null) return isCancelled ? { kind: 'cancelled', isAlive: false } : { kind: 'not_claimed' };
  const claimant = claim.parse(JSON.parse(text));
  if (claimant === ABANDONED) return { kind: 'abandoned' };
  const isWorking = await isAlive(claimant, paths);
  if (isCancelled) return { kind: 'cancelled', isAlive: isWorking };
  // After the question whether it lives: a result may have been written between the two.
  const result = await readResult(directory.result);
  if (result !== null) return { kind: 'ended', result };
  return isWorking ? { kind: 'working' } : { kind: 'vanished' };
}

async function readResult(file: string): Promise<TransactionResult | null> {
  try {
    return transactionResult.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}
