import { healthCheckEndpoints } from '@patchgate/contracts';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Api } from './api.js';
import { admin, storageStateFile } from './first-admin.js';

/** Secrets by what they are. */
export type Canaries = Record<string, string>;

const file = path.resolve(import.meta.dirname, '../.cache/e2e/canaries.json');

/** Gives the server secrets of every kind that a person or an agent has, before all other tests pass them by. */
export async function plantCanaries(api: Api, apiToken: string): Promise<void> {
  const phrase = () => `canary ${randomBytes(12).toString('base64url')} "sings"`;
  const [personsPassword, checksPassword] = [phrase(), phrase()];
  await api.user('canary-keeper', 'viewer', personsPassword);
  const host = await api.host('canary.example.org', '10.255.255.254');
  await api.call(healthCheckEndpoints.create, {
    params: { id: host.id },
    body: {
      ...{ check_type: 'http', name: 'Canary sings', url: 'https://10.255.255.254/', expected_body: 'ready' },
      ...{ basic_auth_user: 'canary', basic_auth_pass: checksPassword },
    },
  });
  const { token: enrolmentToken } = await api.enrolmentToken();
  const pollingToken = await api.enrol({ fqdn: 'canary-agent.example.org' });
  const canaries: Canaries = {
    'the password of the first administrator': admin.password,
    'the set-up token': process.env.PATCHGATE_E2E_SETUP_TOKEN ?? '',
    'the token of a session': sessionToken(),
    'an API token': apiToken,
    'the password of a person': personsPassword,
    'the password of a check': checksPassword,
    'an enrolment token': enrolmentToken.split('.')[0] ?? '',
    'the token an agent waits with': pollingToken,
  };
  writeFileSync(file, JSON.stringify(canaries), { mode: 0o600 });
}

export const readCanaries = (): Canaries => JSON.parse(readFileSync(file, 'utf8')) as Canaries;

function sessionToken(): string {
  const { cookies } = JSON.parse(readFileSync(storageStateFile, 'utf8')) as {
    cookies: { name: string; value: string }[];
  };
  return cookies.find(({ name }) => name === '__Host-sid')?.value ?? '';
}
