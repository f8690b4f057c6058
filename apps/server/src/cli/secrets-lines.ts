import path from 'node:path';
import type { SecretsReport } from '../platform/secrets/inspect-secrets.js';
import { ringFileName } from '../platform/secrets/key-file.js';
import type { Reset } from '../platform/secrets/reset-secrets.js';
import type { Rotation } from '../platform/secrets/rotate-secrets.js';

const wordsFor = {
  yes: 'there',
  no: 'MISSING',
  not_its_own: 'used by another installation',
} as const;

export function linesOfReport({ keys, unknownKeys, columns }: SecretsReport): string[] {
  return [
    ...keys.map(({ id, state, found }) => `  ${id} ${state}: ${wordsFor[found]}`),
    ...(keys.length === 0 ? ['  the database knows no key'] : []),
    ...unknownKeys.map((id) => `  ${id}: there, but nothing is sealed with it`),
    'secrets',
    ...columns.map(
      ({ column, sealed, unknownKey, notAuthentic }) =>
        `  ${column}: ${sealed} sealed, ${unknownKey} with a key that is not there, ${notAuthentic} damaged or moved`,
    ),
  ];
}

export const isSound = ({ keys, columns }: SecretsReport): boolean =>
  keys.every(({ found }) => found === 'yes') &&
  columns.every(({ unknownKey, notAuthentic }) => unknownKey + notAuthentic === 0);

export function linesOfRotation(rotation: Rotation, directory: string): string[] {
  switch (rotation.kind) {
    case 'busy':
      return ['another rotation is under way'];
    case 'unfinished':
      return [
        `${rotation.resealed} secrets are sealed with the key ${rotation.activeKeyId} now; ${rotation.unopened} cannot be opened`,
        'the old key stays: find them with patchgate secrets doctor, give them up with patchgate secrets reset, and rotate again',
      ];
    case 'rotated':
      return [
        `${rotation.resealed} secrets are sealed with the key ${rotation.activeKeyId} now: ${path.join(directory, ringFileName(rotation.activeKeyId))}`,
        'back it up; copy it to every other machine',
        ...rotation.retiredKeyIds.map(
          (id) => `nothing is sealed with the key ${id} any more; only backups of the database may need it`,
        ),
      ];
  }
}

export function linesOfReset({ cleared, lostKeyIds, activeKeyId }: Reset, directory: string): string[] {
  if (cleared.length === 0 && lostKeyIds.length === 0)
    return ['every secret can be opened: nothing to reset'];
  return [
    ...lostKeyIds.map((id) => `the key ${id} is given up`),
    ...cleared.flatMap(({ column, rows, loss }) => [
      `${column}: cleared ${rows.length} (${loss})`,
      ...rows.map((row) => `  ${row}`),
    ]),
    `the key ${activeKeyId} in ${directory} seals from now on: back it up; restart Patchgate`,
  ];
}
