import path from 'node:path';
import { rm } from 'node:fs/promises';
import { z } from 'zod';

import { writeDurably } from '../platform/durable-file.js';
import { readIfThere } from '../platform/read-if-there.js';

/** An enrolment that waits for an administrator, so that it survives the end of the program. */
const pendingEnrolment = z.strictObject({
  manager: z.string(),
  authority: z.string(),
  private_key: z.string(),
  polling_token: z.string(),
  /** Of the manager, as seen from here. */
  manager_address: z.string().nullable(),
  agent_port: z.int(),
});
export type PendingEnrolment = z.infer<typeof pendingEnrolment>;

const fileIn = (stateDirectory: string): string => path.join(stateDirectory, 'enrolment.json');

export async function readPending(stateDirectory: string): Promise<PendingEnrolment | null> {
  const text = await readIfThere(fileIn(stateDirectory));
  return text === null ? null : pendingEnrolment.parse(JSON.parse(text));
}

export async function writePending(stateDirectory: string, pending: PendingEnrolment): Promise<void> {
  await writeDurably(fileIn(stateDirectory), JSON.stringify(pending));
}

export async function forgetPending(stateDirectory: string): Promise<void> {
  await rm(fileIn(stateDirectory), { force: true });
}
