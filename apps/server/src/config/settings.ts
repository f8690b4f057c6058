import { username } from '@patchgate/contracts';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';

/** What each variable must look like; `expected` is shown to the person who got it wrong. */
export interface Setting<T> {
  readonly parse: z.ZodType<T>;
  readonly expected: string;
  readonly isSecret?: true;
}

export const wholeNumber = (fallback: number, min: number, max: number): Setting<number> => ({
  parse: z.string().regex(/^\d+$/).transform(Number).pipe(z.int().min(min).max(max)).default(fallback),
  expected: `a whole number from ${min} to ${max}`,
});

export const minutes = (fallback: number, max: number): Setting<number> => ({
  parse: z
    .string()
    .regex(/^\d+(\.\d{1,3})?$/)
    .transform(Number)
    .pipe(z.number().positive().max(max))
    .default(fallback),
  expected: `minutes above 0 and up to ${max}, such as ${fallback} or 0.5`,
});

export const oneOf = <const T extends string>(fallback: T, ...values: T[]): Setting<T> => ({
  parse: z.enum([fallback, ...values]).default(fallback),
  expected: `one of ${[fallback, ...values].join(', ')}`,
});

export const text = (expected: string): Setting<string | undefined> => ({
  parse: z.string().optional(),
  expected,
});

export const userName = (): Setting<string | undefined> => ({
  parse: username.optional(),
  expected: 'a user name of letters, digits and . _ @ -, beginning with a letter or digit',
});

export const secret = (expected: string): Setting<string | undefined> => ({
  ...text(expected),
  isSecret: true,
});

/** As people write them: "1" and "0x7f.1" are IPv4 addresses to some programs and mistakes to everybody else. */
const isAddress = (value: string): boolean =>
  ipaddr.IPv4.isValidFourPartDecimal(value) || ipaddr.IPv6.isValid(value);

export const listenAddress = (fallback: string): Setting<string> => ({
  parse: z
    .string()
    .refine((value) => value === 'localhost' || isAddress(value))
    .default(fallback),
  expected: 'an IPv4 or IPv6 address to listen on, or localhost',
});

export const postgresUrl = (): Setting<string | undefined> => ({
  parse: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  expected: 'a URL such as postgres://user:password@host:5432/database',
  // It holds a password.
  isSecret: true,
});

/** The pages and the session cookie are for a whole host; below a path they would not be found. */
function isOrigin(url: string): boolean {
  const { origin, href } = new URL(url);
  return href === `${origin}/`;
}

export const httpUrl = (): Setting<string | undefined> => ({
  parse: z
    // Without "abort" the next check would be asked about what is no URL at all.
    .url({ protocol: /^https?$/, abort: true })
    .refine(isOrigin)
    .optional(),
  expected: 'a URL such as https://patchgate.example.org, without a path',
});

const isNetwork = (value: string): boolean =>
  ipaddr.IPv4.isValidCIDRFourPartDecimal(value) || ipaddr.IPv6.isValidCIDR(value);

const cidr = z.string().refine((value) => isAddress(value) || isNetwork(value));

export const cidrList = (): Setting<string[]> => ({
  parse: z
    .string()
    .transform((value) => value.split(',').map((part) => part.trim()))
    .pipe(z.array(cidr))
    .default([]),
  expected: 'addresses or networks separated by commas, such as 10.0.0.0/8,192.0.2.7',
});
