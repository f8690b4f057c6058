import { expect, it } from 'vitest';
import { emptyDraft, readDraft } from './deploy-draft.js';

const hostId = '0195d0a1-7c3e-7a41-9b52-5a4a3f1d2c20';

it('reads back what was stored', () => {
  const draft = { ...emptyDraft, host_ids: [hostId], schedule: 'now', canary: '', exclude: ['linux-image'] };
  expect(readDraft(JSON.stringify(draft))).toEqual(draft);
});

it.each([null, '', '{', '[]', '"text"', '7'])('begins anew with %j', (stored) => {
  expect(readDraft(stored)).toEqual(emptyDraft);
});

it('keeps what fits of a draft that does not all', () => {
  const draft = readDraft(JSON.stringify({ host_ids: [hostId], selection: 'everything', canary: 3 }));
  expect(draft).toEqual({ ...emptyDraft, host_ids: [hostId] });
});
