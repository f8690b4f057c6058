import { expect, it } from 'vitest';
import { obstacleToOrder } from './order-obstacle.js';
import { risksOf } from './preview-words.js';
import { previewHost, previewOf } from './preview.fixture.js';

const none = new Set<string>();
const of = (...hosts: Parameters<typeof previewOf>[0]) => ({
  errors: {},
  isPreviewed: true,
  request: { canary: 1 },
  preview: { data: previewOf(hosts), isError: false },
});
const bare = previewHost({ outcome: 'no_gate', reason: 'no_checks' });
const stuck = previewHost({ outcome: 'will_not_start', reason: 'no_window' });

it('lets an order through that has no risk', () => {
  expect(obstacleToOrder(of(previewHost()), none)).toBeNull();
});

it('asks for each risk, one after the other', () => {
  const order = of(previewHost(), bare, stuck);
  const [first, second] = risksOf(order.preview.data).map(({ key }) => key);
  expect(obstacleToOrder(order, none)).toBe('Accept that 1 host starts without a gate.');
  expect(obstacleToOrder(order, new Set([first ?? '']))).toBe('Confirm the 1 host that will not start.');
  expect(obstacleToOrder(order, new Set([first ?? '', second ?? '']))).toBeNull();
});

it('does not take an acceptance of other hosts for one of these', () => {
  const before = risksOf(of(bare, previewHost()).preview.data).map(({ key }) => key);
  const other = previewHost({ outcome: 'no_gate' });
  expect(obstacleToOrder(of(bare, other, previewHost()), new Set(before))).not.toBeNull();
});

it('waits for the preview of this very draft', () => {
  expect(obstacleToOrder({ ...of(previewHost()), isPreviewed: false }, none)).toMatch(/Finding out/);
});

it('says what is wrong and in which step', () => {
  const errors = { max_in_flight: '1 or more.' };
  expect(obstacleToOrder({ ...of(previewHost()), errors }, none)).toBe('Roll-out: 1 or more.');
});

it('is in the way where no host can start, whatever is accepted', () => {
  expect(obstacleToOrder(of(stuck), none)).toBe('No host of this order can start.');
});

it('is in the way where nobody knows what would happen', () => {
  const preview = { data: undefined, isError: true };
  expect(obstacleToOrder({ errors: {}, isPreviewed: false, request: null, preview }, none)).toMatch(
    /could not be found out/,
  );
});

it('does not let a canary be larger than what can start', () => {
  const order = { ...of(previewHost(), stuck), request: { canary: 2 } };
  expect(obstacleToOrder(order, none)).toBe('Roll-out: a canary of 2, and 1 host can start.');
});
