import path from 'node:path';
import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG } from '../config/config.token.js';
import type { Config } from '../config/config.schema.js';
import { Clock } from '../platform/clock/clock.js';
import { inspectSecrets } from '../platform/secrets/inspect-secrets.js';
import { readKeyRing } from '../platform/secrets/key-directory.js';
import { ringFileName } from '../platform/secrets/key-file.js';
import { chooseNextKey } from '../platform/secrets/next-key.js';
import { resetSecrets } from '../platform/secrets/reset-secrets.js';
import { rotateSecrets } from '../platform/secrets/rotate-secrets.js';
import type { RotationOptions } from '../platform/secrets/rotate-secrets.js';
import { sealedColumns } from '../sealed-columns.js';
import type { Command } from './command.js';
import { onDatabase } from './on-database.js';
import { isSound, linesOfReport, linesOfReset, linesOfRotation } from './secrets-lines.js';

/** It looks at tables and keys itself, because the features would refuse to start with what it is there to find. */
@Module({})
class NoFeature {}

interface Outcome {
  readonly code: number;
  readonly lines: readonly string[];
}

type Action = (options: RotationOptions) => Promise<Outcome>;

const actions: Readonly<Record<string, Action>> = {
  doctor,
  rotate,
  'rotate --prepare': prepare,
  reset: refuseToReset,
  'reset --yes': reset,
};

/** `patchgate secrets`: 0 when it is as it should be, 1 with what is not, 2 for bad words. */
export const secrets: Command = async ({ env, stdout, stderr, geteuid }, args) => {
  const action = actions[args.join(' ')];
  if (!action) {
    stderr.write('usage: patchgate secrets doctor | rotate [--prepare] | reset [--yes]\n');
    return 2;
  }
  const { code, lines } = await onDatabase(env, NoFeature, (app) =>
    action({
      dataSource: app.get(DataSource),
      clock: app.get(Clock),
      keys: { path: app.get<Config>(CONFIG).keyDir, uid: geteuid?.() ?? -1 },
      columns: sealedColumns,
    }),
  );
  stdout.write(`${lines.join('\n')}\n`);
  return code;
};

async function doctor({ dataSource, keys, columns }: RotationOptions): Promise<Outcome> {
  const report = await inspectSecrets(dataSource.manager, await readKeyRing(keys), columns);
  return { code: isSound(report) ? 0 : 1, lines: [`keys in ${keys.path}`, ...linesOfReport(report)] };
}

async function rotate(options: RotationOptions): Promise<Outcome> {
  const rotation = await rotateSecrets(options);
  return { code: rotation.kind === 'rotated' ? 0 : 1, lines: linesOfRotation(rotation, options.keys.path) };
}

/** For several machines: each can have the key before the first of them seals with it. */
async function prepare({ dataSource, keys }: RotationOptions): Promise<Outcome> {
  const { id } = await chooseNextKey(dataSource.manager, keys, await readKeyRing(keys));
  const file = path.join(keys.path, ringFileName(id));
  return {
    code: 0,
    lines: [`the next key: ${file}`, 'copy it to every machine, then: patchgate secrets rotate'],
  };
}

/** What a wrong directory of keys makes look lost would be lost for good. */
async function refuseToReset(options: RotationOptions): Promise<Outcome> {
  const { lines } = await doctor(options);
  const warning = 'what cannot be opened would be given up for good: patchgate secrets reset --yes does it';
  return { code: 1, lines: [...lines, warning] };
}

async function reset(options: RotationOptions): Promise<Outcome> {
  return { code: 0, lines: linesOfReset(await resetSecrets(options), options.keys.path) };
}
