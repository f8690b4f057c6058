import { expect, it } from 'vitest';
import { toCsv } from './audit-csv.js';

const entry = {
  seq: 7,
  at: '2026-03-26T01:47:12.000Z',
  actor_id: null,
  actor_name: 'anna',
  source_address: null,
  action: 'host.create',
  object_type: 'host',
  object_id: null,
  outcome: 'success' as const,
  details: {},
};
const lines = (actor_name: string): string[] => toCsv([{ ...entry, actor_name }]).split('\r\n');

it('has a head, one line per entry and ends with a line break', () => {
  expect(lines('anna')).toEqual([
    '\uFEFFseq,at,actor_name,source_address,action,object_type,object_id,outcome,details',
    '7,2026-03-26T01:47:12.000Z,anna,,host.create,host,,success,{}',
    '',
  ]);
});

it('quotes what would break a line', () => {
  expect(lines('a,"b"')[1]).toContain(',"a,""b""",');
});

it.each(['=1+1', '+1', '-1', '@SUM(A1)'])('keeps a spreadsheet from running %s', (formula) => {
  expect(lines(formula)[1]).toContain(`,'${formula},`);
});
