import { createDialPolicy } from '@patchgate/dial';
import { expect, it, vi } from 'vitest';
import { readConfig } from '../../config/config.schema.js';
import { MovedClock } from '../clock/moved-clock.fixture.js';
import { createLogger } from '../logger/logger.js';
import { OwnListeners } from './own-listeners.js';

const logger = createLogger('test', 'silent');
const allow = ['127.0.0.0/8', '10.0.0.0/8'];

function open(environment: Record<string, string>, addresses: string[][] = []) {
  const clock = new MovedClock(new Date('2026-03-26T10:00:00.000Z'));
  const resolve = () => {
    const next = addresses.shift();
    return next ? Promise.resolve(next) : Promise.reject(new Error('the name server does not answer'));
  };
  const own = new OwnListeners(readConfig(environment), clock, logger, resolve);
  return { own, clock, policy: createDialPolicy({ allow, own: () => own.read() }) };
}

it('keeps checks from the api, the management of both processes and nothing else on the machine', () => {
  const { policy } = open({});
  const permitted = [3000, 8080, 8081, 80].map((port) => policy.permits('127.0.0.1', port));
  expect(permitted).toEqual([false, false, false, true]);
});

it('keeps checks from a database on the machine, by whatever name', async () => {
  const { own, policy } = open({ DATABASE_URL: 'postgres://app@localhost:5433/patchgate' });
  await own.refresh();
  expect([policy.permits('127.0.0.1', 5433), policy.permits('127.0.0.1', 5432)]).toEqual([false, true]);
});

it('follows the name of the database, and keeps what it knows while that does not resolve', async () => {
  const { own, clock, policy } = open({ DATABASE_URL: 'postgres://app@db.example.org/patchgate' }, [
    ['10.0.0.5'],
    ['10.0.0.6'],
  ]);
  const permitted = () => ['10.0.0.5', '10.0.0.6'].map((address) => policy.permits(address, 5432));
  await own.refresh();
  expect(permitted()).toEqual([false, true]);
  clock.passedMs = 61_000;
  own.read();
  await vi.waitFor(() => expect(permitted()).toEqual([true, false]));
  await own.refresh();
  expect(permitted()).toEqual([true, false]);
});
