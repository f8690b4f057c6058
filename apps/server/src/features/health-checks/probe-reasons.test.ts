import { probeReason } from '@patchgate/contracts';
import { probeReasons } from '@patchgate/domain';
import { expect, it } from 'vitest';

// Neither package may know the other: what is measured and what is told are held together here.
it('every reason of the domain can be told by the API, and no other', () => {
  expect(probeReason.options).toEqual([...probeReasons]);
});
