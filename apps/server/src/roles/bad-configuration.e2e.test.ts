import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { runProgram } from '../../../../tests/run-program.js';
import { temporaryDirectory } from '../../../../tests/start-fixture.js';

const program = (main: string) => path.resolve(import.meta.dirname, `../../dist/main.${main}.js`);

type Settings = Record<string, string>;

/** Everything a program that cannot start says, and how it ends; nothing it asks for is there to answer. */
async function start(main: 'api' | 'worker' | 'cli', settings: Settings, args: string[] = []) {
  const env = {
    PATH: process.env.PATH,
    PATCHGATE_DATA_DIR: path.join(temporaryDirectory(), 'data'),
    DATABASE_URL: 'postgres://app:hunter2@127.0.0.1:1/patchgate',
    PATCHGATE_MANAGEMENT_HOST: '127.0.0.1',
    ...settings,
  };
  const started = runProgram([process.execPath, program(main), ...args], { env });
  return { code: await started.exited, output: started.output() };
}

const beyond = { PATCHGATE_HOST: '192.0.2.7' };
const proxied = { ...beyond, PATCHGATE_TRUSTED_PROXIES: '192.0.2.1' };
const owner = 'postgres://owner:hunter2@127.0.0.1:1/patchgate';

describe('a configuration that cannot work ends patchgate start with 78 and one line, before it starts anything', () => {
  test.each<[Settings, string]>([
    [
      { DATABASE_URL: 'mysql://x' },
      'DATABASE_URL: given a value that is not shown, expected a URL such as postgres://',
    ],
    [
      { DATABASE_URL: '', PATCHGATE_MIGRATION_DATABASE_URL: owner },
      'DATABASE_URL: given nothing, expected the URL of the app role, because PATCHGATE_MIGRATION_DATABASE_URL is set',
    ],
    [
      { DATABASE_URL: owner, PATCHGATE_MIGRATION_DATABASE_URL: owner },
      'DATABASE_URL: given the role "owner", expected another role than that of PATCHGATE_MIGRATION_DATABASE_URL',
    ],
    [
      { PATCHGATE_HOST: 'everywhere' },
      'PATCHGATE_HOST: given "everywhere", expected an IPv4 or IPv6 address',
    ],
    [{ PATCHGATE_HOST: '1' }, 'PATCHGATE_HOST: given "1", expected an IPv4 or IPv6 address'],
    [{ PATCHGATE_PORT: '65536' }, 'PATCHGATE_PORT: given "65536", expected a whole number from 0 to 65535'],
    [{ PATCHGATE_PORT: '-1' }, 'PATCHGATE_PORT: given "-1", expected a whole number from 0 to 65535'],
    [
      { PATCHGATE_PORT: '8080' },
      'PATCHGATE_MANAGEMENT_PORT: given "8080", expected another port than that of PATCHGATE_PORT',
    ],
    [
      { PATCHGATE_PORT: '9000', PATCHGATE_MANAGEMENT_PORT: '9000', PATCHGATE_MANAGEMENT_HOST: '0.0.0.0' },
      'PATCHGATE_MANAGEMENT_PORT: given "9000", expected another port than that of PATCHGATE_PORT',
    ],
    [
      { PATCHGATE_TLS_CERT: '/cert.pem' },
      'PATCHGATE_TLS_KEY: given nothing, expected the private key that belongs',
    ],
    [
      { PATCHGATE_TLS_KEY: '/key.pem' },
      'PATCHGATE_TLS_CERT: given nothing, expected the certificate that belongs',
    ],
    [proxied, 'PATCHGATE_PUBLIC_URL: given nothing, expected the https URL that browsers reach the proxy at'],
    [
      { ...proxied, PATCHGATE_PUBLIC_URL: 'http://patchgate.example.org' },
      'PATCHGATE_PUBLIC_URL: given "http://patchgate.example.org", expected an https URL, because browsers drop',
    ],
    [
      { PATCHGATE_PUBLIC_URL: 'http://patchgate.example.org' },
      'PATCHGATE_PUBLIC_URL: given "http://patchgate.example.org", expected an https URL, because browsers drop',
    ],
    [
      { ...beyond, PATCHGATE_PUBLIC_URL: 'http://localhost:3000' },
      'PATCHGATE_PUBLIC_URL: given "http://localhost:3000", expected an https URL, because HTTPS is what is served',
    ],
    [
      { PATCHGATE_PUBLIC_URL: 'https://patchgate.example.org/there' },
      'PATCHGATE_PUBLIC_URL: given "https://patchgate.example.org/there", expected a URL such as https://',
    ],
    [
      { PATCHGATE_PUBLIC_URL: 'patchgate' },
      'PATCHGATE_PUBLIC_URL: given "patchgate", expected a URL such as https://',
    ],
    [
      { PATCHGATE_TRUSTED_PROXIES: '10.0.0.0/33' },
      'PATCHGATE_TRUSTED_PROXIES: given "10.0.0.0/33", expected addresses or networks separated by commas',
    ],
    [{ PATCHGATE_LOG_LEVEL: 'loud' }, 'PATCHGATE_LOG_LEVEL: given "loud", expected one of info, trace,'],
    [
      { PATCHGATE_WORKER_MANAGEMENT_PORT: '8080' },
      'PATCHGATE_WORKER_MANAGEMENT_PORT: given "8080", expected another port than that of PATCHGATE_MANAGEMENT_PORT',
    ],
    [
      { PATCHGATE_PORT: '8081' },
      'PATCHGATE_WORKER_MANAGEMENT_PORT: given "8081", expected another port than that of PATCHGATE_PORT',
    ],
    [
      { PATCHGATE_TLS_KEY: '/key.pem' },
      'PATCHGATE_TLS_CERT: given nothing, expected the certificate that belongs to',
    ],
    [
      { PATCHGATE_DATA_DIR: '/dev/null' },
      'PATCHGATE_DATA_DIR: given /dev/null (EEXIST), expected a directory',
    ],
    [
      { PATCHGATE_DATA_DIR: '/dev/null/data' },
      'PATCHGATE_DATA_DIR: given /dev/null/data (ENOTDIR), expected a directory',
    ],
  ])('%j', async (settings, line) => {
    const { code, output } = await start('cli', settings, ['start']);
    expect(output.startsWith(line) ? line : output).toBe(line);
    expect(output).toMatch(/^[^\n]+\n$/);
    expect(output).not.toContain('hunter2');
    expect(code).toBe(78);
  });
});

describe.each(['api', 'worker'] as const)('the %s', (role) => {
  test.each<[Settings, RegExp]>([
    [{ DATABASE_URL: '' }, /^DATABASE_URL: given nothing, expected a URL such as postgres:[^\n]+\n$/],
    [{ PATCHGATE_TLS_CERT: '/cert.pem' }, /^PATCHGATE_TLS_KEY: given nothing, expected [^\n]+\n$/],
  ])('is as strict by itself: %j', async (settings, line) => {
    const { code, output } = await start(role, settings);
    expect(output).toMatch(line);
    expect(code).toBe(78);
  });
});
