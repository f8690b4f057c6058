import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG } from '../config/config.token.js';
import type { Config } from '../config/config.schema.js';
import { inspectSecrets } from '../platform/secrets/inspect-secrets.js';
import type { SecretsReport } from '../platform/secrets/inspect-secrets.js';
import { readKeyRing } from '../platform/secrets/key-directory.js';
import { sealedColumns } from '../sealed-columns.js';
import type { Command } from './command.js';
import { onDatabase } from './on-database.js';

/** It looks at tables and keys itself, because the features would refuse to start with what it is there to find. */
@Module({})
class NoFeature {}

/** `patchgate secrets doctor`: 0 when every secret can be opened, 1 with what cannot, 2 for bad words. */
export const secrets: Command = async ({ env, stdout, stderr, geteuid }, args) => {
  if (args.length !== 1 || args[0] !== 'doctor') {
    stderr.write('usage: patchgate secrets doctor\n');
    return 2;
  }
  const { directory, report } = await onDatabase(env, NoFeature, async (app) => {
    const { keyDir } = app.get<Config>(CONFIG);
    const ring = await readKeyRing({ path: keyDir, uid: geteuid?.() ?? -1 });
    const { manager } = app.get(DataSource);
    return { directory: keyDir, report: await inspectSecrets(manager, ring, sealedColumns) };
  });
  stdout.write(`keys in ${directory}\n${linesOf(report).join('\n')}\n`);
  return isSound(report) ? 0 : 1;
};

const wordsFor = {
  yes: 'there',
  no: 'MISSING',
  not_its_own: 'used by another installation',
} as const;

function linesOf({ keys, unknownKeys, columns }: SecretsReport): string[] {
  return [
    ...keys.map(({ id, state, found }) => `  ${id} ${state}: ${wordsFor[found]}`),
    ...(keys.length === 0 ? ['  the database knows no key'] : []),
    ...unknownKeys.map((id) => `  ${id}: there, but unknown to the database`),
    'secrets',
    ...columns.map(
      ({ column, sealed, unknownKey, notAuthentic }) =>
        `  ${column}: ${sealed} sealed, ${unknownKey} with a key that is not there, ${notAuthentic} damaged or moved`,
    ),
  ];
}

const isSound = ({ keys, columns }: SecretsReport): boolean =>
  keys.every(({ found }) => found === 'yes') &&
  columns.every(({ unknownKey, notAuthentic }) => unknownKey + notAuthentic === 0);
