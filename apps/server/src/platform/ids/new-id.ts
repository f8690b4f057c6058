import { v7 } from 'uuid';

/** Ids grow with time, so that new rows land on the right edge of their index. */
export const newId = (): string => v7();
