import { expect, it } from 'vitest';
import { PendingChanges } from './pending-changes.js';
import { readNotification } from './notification.js';

const taken = (...notifications: object[]) => {
  const pending = new PendingChanges();
  for (const notification of notifications) {
    const read = readNotification(JSON.stringify(notification));
    if (read) pending.add(read);
  }
  expect(pending.isEmpty).toBe(false);
  const changes = pending.take();
  expect(pending.isEmpty).toBe(true);
  return changes;
};

it('gathers each object once', () => {
  const { objects } = taken({ topic: 'host', ids: ['a', 'b'] }, { topic: 'host', ids: ['b', 'c'] });
  const hosts = objects.get('host');
  expect(hosts === 'all' ? hosts : [...(hosts?.keys() ?? [])]).toEqual(['a', 'b', 'c']);
});

it('keeps through which hosts an object is reached', () => {
  const { objects } = taken(
    { topic: 'run', ids: ['run-1', 'run-2'], hosts: ['a', 'b'] },
    { topic: 'run', ids: ['run-1'], hosts: ['c'] },
  );
  expect(objects.get('run')).toEqual(
    new Map([
      ['run-1', new Set(['a', 'c'])],
      ['run-2', new Set(['b'])],
    ]),
  );
});

it('is "all" after too many, and stays so', () => {
  const many = Array.from({ length: 201 }, (_, n) => `host-${n}`);
  const { objects } = taken({ topic: 'check', ids: many }, { topic: 'check', ids: ['one-more'] });
  expect(objects.get('check')).toBe('all');
  expect(taken({ topic: 'host', refetch: true }, { topic: 'host', ids: ['a'] }).objects.get('host')).toBe(
    'all',
  );
});

it('knows whose reach changed', () => {
  expect(taken({ topic: 'scope', ids: ['omar'] }, { topic: 'scope', ids: ['olga'] }).people).toEqual(
    new Set(['omar', 'olga']),
  );
  expect(taken({ topic: 'scope', refetch: true }, { topic: 'scope', ids: ['olga'] }).people).toBe('all');
});

it('keeps what only administrators count apart from what others see', () => {
  expect(taken({ topic: 'overview', ids: [] })).toMatchObject({
    forAdmins: new Set(['overview']),
    objects: new Map(),
  });
  expect(taken({ topic: 'overview', ids: ['a'] }).forAdmins).toEqual(new Set());
  for (const enrolment of [{ ids: [] }, { ids: ['a'] }, { refetch: true }]) {
    expect(taken({ topic: 'enrolment', ...enrolment })).toMatchObject({
      forAdmins: new Set(['enrolment']),
      objects: new Map(),
    });
  }
});

it.each(['', '{', '[]', '{"topic":"hosts","ids":[]}', '{"topic":"host"}'])(
  'does not understand %s',
  (payload) => {
    expect(readNotification(payload)).toBeNull();
  },
);
