import { describe, expect, it } from 'vitest';
import { previewHost } from './preview.fixture.js';
import { windowBoard, zoneOffsetMs } from './window-bars.js';

const now = Date.parse('2026-03-26T01:47:12Z');
const cet = 3_600_000;
const window = (opens: string, closes: string) => ({ opens_at: opens, closes_at: closes });
const erp = window('2026-03-27T21:00:00.000Z', '2026-03-28T01:00:00.000Z');
const db = window('2026-03-28T00:00:00.000Z', '2026-03-28T04:00:00.000Z');

describe('the board of windows', () => {
  it('draws hosts with the same window as one bar, the earliest first', () => {
    const items = [db, erp, erp].map((of) => previewHost({ window: of }));
    const board = windowBoard(items, now, cet);
    expect(board?.bars.map(({ hosts }) => hosts)).toEqual([2, 1]);
  });

  it('puts bars where their hours are', () => {
    const board = windowBoard([previewHost({ window: erp })], now, cet);
    const [bar] = board?.bars ?? [];
    expect(bar?.from).toBeGreaterThanOrEqual(0);
    expect((bar?.from ?? 0) + (bar?.width ?? 0)).toBeLessThanOrEqual(1);
    const [first, second] = board?.marks ?? [];
    expect(((second?.at ?? 0) - (first?.at ?? 0)) * 4).toBeCloseTo(bar?.width ?? 0);
  });

  it('marks full hours of the zone of the viewer, and not too many', () => {
    const india = 5.5 * 3_600_000;
    for (const offset of [0, cet, india]) {
      const { marks } = windowBoard(
        [erp, db].map((of) => previewHost({ window: of })),
        now,
        offset,
      ) ?? { marks: [] };
      expect(marks.length).toBeGreaterThan(2);
      expect(marks.length).toBeLessThanOrEqual(9);
      for (const { atMs } of marks) expect((atMs + offset) % 3_600_000).toBe(0);
    }
  });

  it('begins a window that is open already at the left edge', () => {
    const open = window('2026-03-26T01:00:00.000Z', '2026-03-26T03:00:00.000Z');
    const [bar] = windowBoard([previewHost({ window: open })], now, cet)?.bars ?? [];
    expect(bar?.from).toBe(0);
    expect(bar?.width).toBeGreaterThan(0.5);
  });

  it('counts what it does not draw', () => {
    const items = Array.from({ length: 9 }, (_, hour) =>
      previewHost({ window: window(`2026-03-27T0${hour}:00:00.000Z`, '2026-03-27T12:00:00.000Z') }),
    );
    const board = windowBoard(items, now, cet);
    expect(board?.bars).toHaveLength(6);
    expect(board?.more).toEqual({ windows: 3, hosts: 3 });
  });

  it('leaves out hosts that will not start, and is not there without any other', () => {
    expect(windowBoard([previewHost({ outcome: 'will_not_start' })], now, cet)).toBeNull();
    expect(windowBoard([previewHost({ window: null })], now, cet)).toBeNull();
  });
});

it('knows how far a zone is from UTC', () => {
  expect(zoneOffsetMs(now, 'Europe/Berlin')).toBe(cet);
  expect(zoneOffsetMs(now, 'UTC')).toBe(0);
  expect(zoneOffsetMs(Date.parse('2026-07-01T00:00:00Z'), 'Europe/Berlin')).toBe(2 * cet);
});
