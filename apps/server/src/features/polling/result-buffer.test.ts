import { expect, test } from 'vitest';

import { ResultBuffer } from './result-buffer.js';

function buffer(write: (entries: readonly number[]) => Promise<void>) {
  return new ResultBuffer<number>({ write, rowsOf: (rows) => rows, batchRows: 5, mostRows: 8 });
}

test('says when a batch is full, and when no more fits', () => {
  const results = buffer(() => Promise.resolve());
  expect(results.add(4)).toBe(false);
  expect(results.add(1)).toBe(true);
  expect(results.isFull).toBe(false);
  results.add(3);
  expect(results.isFull).toBe(true);
});

test('keeps what could not be written, in its order, and counts it until it is', async () => {
  const written: number[][] = [];
  let isDown = true;
  const results = buffer((entries) => {
    if (isDown) return Promise.reject(new Error('down'));
    written.push([...entries]);
    return Promise.resolve();
  });
  results.add(1);
  results.add(2);
  await expect(results.flush()).rejects.toThrow('down');
  expect(results.rows).toBe(3);
  results.add(3);
  isDown = false;
  await results.flush();
  expect(written).toEqual([[1, 2, 3]]);
  expect(results.rows).toBe(0);
  await results.flush();
  expect(written).toHaveLength(1);
});

test('writes once at a time; what comes meanwhile is in the next batch', async () => {
  const written: number[][] = [];
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const results = buffer(async (entries) => {
    if (written.length === 0) await promise;
    written.push([...entries]);
  });
  results.add(1);
  const first = results.flush();
  results.add(2);
  const second = results.flush();
  resolve(undefined);
  await Promise.all([first, second]);
  expect(written).toEqual([[1], [2]]);
});

test('a backlog is written in batches, and what fails in between is kept', async () => {
  const written: number[][] = [];
  let isDown = false;
  const results = buffer((entries) => {
    if (isDown) return Promise.reject(new Error('down'));
    written.push([...entries]);
    isDown = written.length === 1;
    return Promise.resolve();
  });
  for (let rows = 1; rows <= 5; rows += 1) results.add(rows);
  await expect(results.flush()).rejects.toThrow('down');
  expect(written).toEqual([[1, 2, 3]]);
  expect(results.rows).toBe(9);
  isDown = false;
  await results.flush();
  expect(written).toEqual([
    [1, 2, 3],
    [4, 5],
  ]);
  expect(results.rows).toBe(0);
});
