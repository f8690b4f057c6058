import 'reflect-metadata';
import { Activity } from '@patchgate/service-health';
import type { Endpoint } from '@patchgate/contracts';
import type { Role } from '@patchgate/domain';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase } from '../../../tests/test-database.js';
import type { TestDatabase } from '../../../tests/test-database.js';
import { readConfig } from './config/config.schema.js';
import { SetupService } from './features/accounts/setup.service.js';
import { SystemClock } from './platform/clock/clock.js';
import { createDataSource } from './platform/database/data-source.js';
import { createLogger } from './platform/logger/logger.js';
import { openPki } from './roles/open-pki.js';
import { openSecrets } from './roles/open-secrets.js';
import { createApi } from './roles/run-api.js';

export interface Reply {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

export interface Call {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** A browser or a program: sends what a real one sends. */
export class TestCaller {
  constructor(
    private readonly baseUrl: string,
    readonly headers: Record<string, string> = {},
  ) {}

  async call(path: string, { method = 'GET', body, headers = {} }: Call = {}): Promise<Reply> {
    const response = await fetch(`${this.baseUrl}${path}`, {
      method,
      headers: {
        'x-patchgate-request': '1',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...this.headers,
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
      // It has no end; `followEvents` reads one.
      await response.body?.cancel();
      return { status: response.status, headers: response.headers, body: {} };
    }
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json') && text !== '';
    return {
      status: response.status,
      headers: response.headers,
      body: json ? (JSON.parse(text) as Reply['body']) : {},
    };
  }

  async ok(path: string, call: Call = {}): Promise<Reply['body']> {
    const reply = await this.call(path, call);
    if (reply.status >= 300)
      throw new Error(`${call.method ?? 'GET'} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
    return reply.body;
  }

  post(path: string, body: unknown): Promise<Reply['body']> {
    return this.ok(path, { method: 'POST', body });
  }
}

export const goodPassword = 'correct horse battery staple';
export const adminName = 'anna';

export interface TestApi {
  app: NestFastifyApplication;
  database: TestDatabase;
  origin: string;
  url: string;
  stranger: TestCaller;
  admin: TestCaller;
  createUser(username: string, role: Role): Promise<{ id: string; caller: TestCaller }>;
  login(username: string, password?: string): Promise<TestCaller>;
  close(): Promise<void>;
}

/** The real api on a free port and a database of its own, with its first administrator signed in. */
export async function startTestApi(
  environment: Record<string, string> = {},
  log?: NodeJS.WritableStream,
): Promise<TestApi> {
  const database = await createTestDatabase();
  const directory = await mkdtemp(path.join(tmpdir(), 'patchgate-api-'));
  const config = readConfig({
    DATABASE_URL: database.appUrl,
    PATCHGATE_DATA_DIR: directory,
    PATCHGATE_LOG_LEVEL: 'silent',
    ...environment,
  });
  const dataSource = await createDataSource(database.appUrl, { applicationName: 'test api' }).initialize();
  const clock = new SystemClock();
  const logger = createLogger('api', config.logLevel, log && { destination: log });
  const platform = { config, clock, logger, dataSource };
  const sealer = await openSecrets(platform, process);
  const { certificate } = await openPki(platform, sealer);
  const service = { ...platform, activity: new Activity(clock), sealer };
  const app = await createApi(service, certificate?.current ?? null);
  await app.listen(0, '127.0.0.1');
  const origin = await app.getUrl();
  const url = `${origin}/api/v1`;
  const stranger = new TestCaller(url);
  const token = await app.get(SetupService).issueToken();
  const signedIn = await stranger.call('/setup', {
    method: 'POST',
    body: { token, username: adminName, password: goodPassword },
  });
  const admin = new TestCaller(url, { cookie: cookieOf(signedIn) });
  const login = async (username: string, password = goodPassword) => {
    const reply = await stranger.call('/auth/login', { method: 'POST', body: { username, password } });
    return new TestCaller(url, { cookie: cookieOf(reply) });
  };
  return {
    app,
    database,
    origin,
    url,
    stranger,
    admin,
    login,
    createUser: async (username, role) => {
      const body = { username, display_name: username, role, password: goodPassword };
      const { id } = (await admin.post('/users', body)) as { id: string };
      return { id, caller: await login(username) };
    },
    close: async () => {
      await app.close();
      await dataSource.destroy();
      await database.drop();
      await rm(directory, { recursive: true });
    },
  };
}

export function cookieOf(reply: Reply): string {
  const cookie = reply.headers.get('set-cookie')?.split(';')[0];
  if (cookie === undefined) throw new Error(`no cookie in ${reply.status} ${JSON.stringify(reply.body)}`);
  return cookie;
}

/** The address of an operation with its parameters filled in. */
export const pathOf = ({ path }: Endpoint, params: Record<string, string>): string =>
  path.replace(/:(\w+)/g, (_, name: string) => params[name] ?? '');
