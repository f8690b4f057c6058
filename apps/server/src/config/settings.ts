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

export const listenAddress = (fallback: string): Setting<string> => ({
  parse: z
    .string()
    .refine((value) => value === 'localhost' || ipaddr.isValid(value))
    .default(fallback),
  expected: 'an IPv4 or IPv6 address to listen on, or localhost',
});

export const postgresUrl = (): Setting<string | undefined> => ({
  parse: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  expected: 'a URL such as postgres://user:password@host:5432/database',
  // It holds a password.
  isSecret: true,
});

export const httpUrl = (): Setting<string | undefined> => ({
  parse: z.url({ protocol: /^https?$/ }).optional(),
  expected: 'a URL such as https://patchgate.example.org',
});

const cidr = z.string().refine((value) => ipaddr.isValid(value) || ipaddr.isValidCIDR(value));

export const cidrList = (): Setting<string[]> => ({
  parse: z
    .string()
    .transform((value) => value.split(',').map((part) => part.trim()))
    .pipe(z.array(cidr))
    .default([]),
  expected: 'addresses or networks separated by commas, such as 10.0.0.0/8,192.0.2.7',
});
