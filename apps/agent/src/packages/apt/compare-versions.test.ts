import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';

import { compareVersions } from './compare-versions.js';

const versions = [
  ...[
    '1.0',
    '1.0-1',
    '1.0-0',
    '1.0~rc1',
    '1.0~rc1-1',
    '1.0~~',
    '1.0+b1',
    '1.0.',
    '1.0a',
    '1.00',
    '1:0.1',
    '0:1.0',
  ],
  ...[
    '2.0-1+deb12u1',
    '2.0-1+deb12u10',
    '2.0-1~bpo12+1',
    '20250419~deb12u2',
    '6.1.0-28',
    '99999999999999999999.1',
  ],
];

describe('versions', () => {
  test('are ordered as dpkg orders them, every one against every other', { timeout: 60_000 }, () => {
    const relation = { '-1': 'lt', '0': 'eq', '1': 'gt' } as const;
    const wrong = versions.flatMap((a) =>
      versions.flatMap((b) => {
        const sign = Math.sign(compareVersions(a, b)) as -1 | 0 | 1;
        const { status } = spawnSync('dpkg', ['--compare-versions', a, relation[`${sign}`], b]);
        return status === 0 ? [] : [`${a} ${relation[`${sign}`]} ${b}`];
      }),
    );
    expect(wrong).toEqual([]);
  });
});
