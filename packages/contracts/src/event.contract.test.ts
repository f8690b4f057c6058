import { expect, it } from 'vitest';
import { liveTopics, readLiveEvent, writeLiveEvent } from './event.contract.js';
import type { LiveEvent } from './event.contract.js';

const ids = ['0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c01'];

it('reads what it writes', () => {
  const event: LiveEvent = { topic: 'host', data: { ids } };
  const [, topic, data] = /^event: (\w+)\ndata: (.*)\n\n$/.exec(writeLiveEvent(event)) ?? [];
  expect(topic).toBe('host');
  expect(readLiveEvent('host', data ?? '')).toEqual(event);
});

it.each([
  ['no JSON', '{'],
  ['no ids', '{"ids":[]}'],
  ['what is no id', '{"ids":["host-1"]}'],
  ['more than it should', `{"ids":${JSON.stringify(ids)},"fqdn":"secret.example.org"}`],
])('reads nothing from data with %s', (_name, data) => {
  expect(readLiveEvent('host', data)).toBeNull();
});

it('refuses to write more than the contract says', () => {
  const data = { ids, fqdn: 'secret.example.org' };
  expect(() => writeLiveEvent({ topic: 'host', data })).toThrow('fqdn');
});

it('knows every event the API promises', () => {
  expect(liveTopics).toEqual(
    expect.arrayContaining(['check', 'host', 'job', 'run', 'log', 'overview', 'reset']),
  );
});
