import { randomBytes, randomInt } from 'node:crypto';

/** A name no other test of the run uses: they share one server. */
export const unique = (stem: string): string => `${stem}-${randomBytes(4).toString('hex')}`;

/** An address no other test of the run uses, with all but certainty: one of sixteen million. */
export const uniqueAddress = (): string => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;

export const goodPassword = 'brass otter paints nine doors';
