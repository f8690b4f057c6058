import { describe, expect, it } from 'vitest';
import { emptyDraft } from '../../lib/deploy-draft.js';
import { checkDraft, errorOfStep, errorsOfObstacles, withoutLeftOut } from './draft-request.js';
import { previewHost, previewOf } from './preview.fixture.js';

const hostId = '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c20';
const draft = { ...emptyDraft, host_ids: [hostId] };
const requestOf = (changed: Partial<typeof draft>) => {
  const { request } = checkDraft({ ...draft, ...changed });
  if (request === null) throw new Error('the draft is refused');
  return request;
};

describe('a draft', () => {
  it('orders what its fields say', () => {
    expect(requestOf({ name: ' Tonight ', canary: '2', batch_size: '8', max_failures: '1' })).toMatchObject({
      ...{ name: 'Tonight', host_ids: [hostId], group_ids: [], selection: 'security', schedule: 'window' },
      ...{ canary: 2, batch_size: 8, max_in_flight: 10, max_failures: 1, allow_reboot: false },
    });
  });

  it('has no name and one batch where those fields are empty', () => {
    expect(requestOf({})).toMatchObject({ name: null, batch_size: null });
  });

  it('names packages only where they are chosen, and keeps them for later', () => {
    expect(requestOf({ packages: ['openssl'] }).packages).toBeUndefined();
    expect(requestOf({ selection: 'named', packages: ['openssl'] }).packages).toEqual(['openssl']);
  });

  it('has a deadline only where it starts now', () => {
    expect(requestOf({ schedule: 'now', deadline_minutes: '90' }).deadline_minutes).toBe(90);
    expect(checkDraft({ ...draft, deadline_minutes: '' }).request).not.toBeNull();
  });

  it.each([
    [{ host_ids: [] }, 'hosts', 'Choose one host or group, or more.'],
    [{ selection: 'named' as const }, 'packages', 'Choose one package or more.'],
    [{ schedule: 'now' as const, deadline_minutes: '' }, 'when', 'A whole number is needed.'],
    [{ canary: '' }, 'roll-out', 'A whole number is needed.'],
    [{ max_in_flight: '0' }, 'roll-out', '1 or more.'],
    [{ batch_size: '1.5' }, 'roll-out', 'A whole number is needed.'],
  ] as const)('with %j is refused at its step %s', (changed, step, words) => {
    const { request, errors } = checkDraft({ ...draft, ...changed } as typeof draft);
    expect(request).toBeNull();
    expect(errorOfStep(step, errors)).toBe(words);
    expect(errorOfStep('review', errors)).toBeNull();
  });
});

it('puts what the server finds impossible at the field that could change it', () => {
  const obstacles = [
    { path: 'canary', message: 'the canary has its window after the rest' },
    { path: 'body.max_in_flight', message: 'too many' },
  ];
  const errors = errorsOfObstacles(previewOf([], { obstacles }));
  expect(errors).toEqual({ canary: 'The canary has its window after the rest.', max_in_flight: 'Too many.' });
});

describe('hosts that would not start', () => {
  const stuck = previewHost({ outcome: 'will_not_start' });
  const ready = previewHost();
  const groupId = '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c10';
  const request = requestOf({ host_ids: [], group_ids: [groupId] });

  it('are named as left out, so that the order is still of its groups', () => {
    expect(withoutLeftOut(request, previewOf([stuck, ready]))).toEqual({
      ...request,
      left_out_host_ids: [stuck.host_id],
    });
  });

  it('change nothing where there are none', () => {
    expect(withoutLeftOut(request, previewOf([ready]))).toBe(request);
  });
});
