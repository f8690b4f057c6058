import type { RunStatusName } from '@patchgate/contracts';
import { describe, expect, test } from 'vitest';
import { boardLines, cellAfterKey, cellSizeOf, groupWords } from './board-layout.js';

const cell = (run_id: string, batch: number, status: RunStatusName = 'queued') => ({
  ...{ run_id, fqdn: `${run_id}.example.org`, batch, status },
});
const lines = boardLines({
  cells: [
    cell('a', 0, 'succeeded'),
    cell('b', 1, 'running'),
    cell('c', 1, 'verifying'),
    cell('d', 1, 'waiting_health_check'),
    cell('e', 2),
    cell('f', 2),
  ],
  batches: [{ batch: 2, started_at: null, expected_at: '2026-03-26T01:51:00.000Z' }],
});

describe('the picture of a roll-out', () => {
  test('has a line a batch, the canary first', () => {
    expect(lines.map(({ name, cells }) => [name, cells.length])).toEqual([
      ['Canary', 1],
      ['Batch 1', 3],
      ['Batch 2', 2],
    ]);
  });

  test('says how many of a batch are in which state, work at an agent as one', () => {
    expect(groupWords(lines[1]?.groups ?? [])).toBe('2 in progress, 1 waiting for health');
  });

  test('says when a batch that has not begun may', () => {
    expect(lines[2]?.expectedAt).toBe('2026-03-26T01:51:00.000Z');
    expect(lines[1]?.expectedAt).toBeNull();
  });

  test.each([
    [300, 'glyph'],
    [301, 'small'],
    [2_000, 'small'],
    [2_001, 'bar'],
  ] as const)('of %i hosts draws each as %s', (hosts, size) => {
    expect(cellSizeOf(hosts)).toBe(size);
  });
});

describe('a key in the picture', () => {
  test.each([
    ['ArrowRight', 'a', 'b'],
    ['ArrowRight', 'd', 'e'],
    ['ArrowLeft', 'e', 'd'],
    ['ArrowDown', 'd', 'f'],
    ['ArrowUp', 'c', 'a'],
    ['Home', 'd', 'b'],
    ['End', 'b', 'd'],
  ])('%s leads from %s to %s', (key, from, to) => {
    expect(cellAfterKey(lines, from, key)).toBe(to);
  });

  test.each([
    ['ArrowLeft', 'a'],
    ['ArrowRight', 'f'],
    ['ArrowDown', 'e'],
    ['Tab', 'a'],
    ['End', 'gone'],
  ])('%s leads from %s nowhere', (key, from) => {
    expect(cellAfterKey(lines, from, key)).toBeNull();
  });
});
