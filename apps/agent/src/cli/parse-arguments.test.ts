import { describe, expect, test } from 'vitest';

import { parseArguments } from './parse-arguments.js';

describe('the command line', () => {
  test.each([
    [[], { kind: 'serve', config: '/etc/patchgate-agent/agent.json' }],
    [['--config', 'a.json'], { kind: 'serve', config: 'a.json' }],
    [['check', '--config=a.json'], { kind: 'check', config: 'a.json' }],
    [['--help'], { kind: 'help' }],
    [['enroll', '--help'], { kind: 'help' }],
    [['--version'], { kind: 'version' }],
    [['unit'], { kind: 'unit' }],
    [['transaction', '--directory', '/run'], { kind: 'transaction', directory: '/run' }],
    [['transaction'], { kind: 'invalid', message: '--directory is missing' }],
    [['patch'], { kind: 'invalid', message: 'unknown command: patch' }],
    [['--confg', 'a'], { kind: 'invalid', message: expect.stringContaining("'--confg'") as string }],
    [['check', 'more'], { kind: 'invalid', message: expect.stringContaining("'more'") as string }],
  ])('%j', (args, command) => {
    expect(parseArguments(args)).toEqual(command);
  });

  test('of an enrolment takes several networks', () => {
    const words = [
      'enroll',
      '--manager',
      'https://a',
      '--token',
      't',
      '--allow',
      '10.0.0.1',
      '--allow',
      'fd00::/8',
    ];
    expect(parseArguments(words)).toEqual({
      kind: 'enroll',
      options: {
        ...{ config: '/etc/patchgate-agent/agent.json', state: '/var/lib/patchgate-agent' },
        ...{
          manager: 'https://a',
          token: 't',
          address: undefined,
          port: undefined,
          allow: ['10.0.0.1', 'fd00::/8'],
        },
      },
    });
  });
});
