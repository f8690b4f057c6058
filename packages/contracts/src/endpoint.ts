import type { z } from 'zod';
import type { ErrorCode } from './error-codes.js';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Who may call an operation at all. Which objects the caller sees is decided by scope, in the repositories.
 * `public` needs no credentials; the others are the least role that is let in.
 */
export type Access = 'public' | 'viewer' | 'operator' | 'admin';

type ParamNames<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamNames<Rest>
  : P extends `${string}:${infer Name}`
    ? Name
    : never;

type ParamsShape<P extends string> = Record<ParamNames<P>, z.ZodType<unknown, string>>;

/** One operation of the HTTP API: everything the server, the browser and the document need to know of it. */
export interface Endpoint<Path extends `/${string}` = `/${string}`> {
  readonly method: Method;
  /** Below `/api/v1`, with `:name` for parameters. */
  readonly path: Path;
  readonly summary: string;
  readonly access: Access;
  /** True when an API token must not do it: credentials are changed in a signed-in browser only. */
  readonly sessionOnly?: true;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** `null` for 204 answers. */
  readonly response: z.ZodType | null;
  readonly status: 200 | 201 | 204;
  /** The codes this operation adds to those every operation can answer. */
  readonly errors?: readonly ErrorCode[];
  readonly example: { readonly body?: unknown; readonly query?: unknown; readonly response: unknown };
}

type Arg<K extends string, S> = S extends z.ZodType ? { [P in K]: z.input<S> } : { [P in K]?: never };

/** What a caller passes: parameters, query and body before parsing. */
export type RequestOf<E extends Endpoint> = Arg<'params', E['params']> &
  Arg<'query', E['query']> &
  Arg<'body', E['body']>;

/** What a caller gets: the parsed response, or nothing for 204. */
export type ResponseOf<E extends Endpoint> = E['response'] extends z.ZodType
  ? z.output<E['response']>
  : undefined;

/** The request body after parsing. */
export type BodyOf<E extends Endpoint> = E['body'] extends z.ZodType ? z.output<E['body']> : never;

/** The query after parsing. */
export type QueryOf<E extends Endpoint> = E['query'] extends z.ZodType ? z.output<E['query']> : never;

export interface Typed<P extends `/${string}`, Q, B, R> {
  readonly params?: [ParamNames<P>] extends [never] ? never : z.ZodObject<ParamsShape<P>>;
  readonly query?: Q;
  readonly body?: B;
  readonly response: R;
  readonly example: {
    readonly body?: B extends z.ZodType ? z.input<B> : never;
    readonly query?: Q extends z.ZodType ? z.input<Q> : never;
    readonly response: R extends z.ZodType ? z.input<R> : null;
  };
}

/**
 * Defines an operation; a pass-through that checks parameters against the path and examples against the schemas.
 *
 * @param definition the operation
 * @returns the same object, with its literal types kept
 */
export function endpoint<
  const P extends `/${string}`,
  Q extends z.ZodType | undefined,
  B extends z.ZodType | undefined,
  R extends z.ZodType | null,
  const E extends Endpoint<P> & Typed<P, Q, B, R>,
>(definition: E & Endpoint<P> & Typed<P, Q, B, R>): E {
  return definition;
}
