import type { RunStatusName, RunView } from '@patchgate/contracts';

/** What a run has come to: an outcome that nobody knew is what somebody said of it. */
export const cameTo = ({ status, resolution }: Pick<RunView, 'status' | 'resolution'>): RunStatusName =>
  resolution?.outcome ?? status;
