import type { z } from 'zod';
import type { ErrorCode } from './error-codes.js';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Who may call an operation at all. Which objects the caller sees is decided by scope, in the repositories.
 * `public` needs no credentials; the others are the least role that is let in.
 */
export type Access = 'public' | 'viewer' | 'operator' | 'admin';

/** One operation of the HTTP API: everything the server, the browser and the document need to know of it. */
export interface Endpoint {
  readonly method: Method;
  /** Below `/api/v1`, with `:name` for parameters. */
  readonly path: `/${string}`;
  readonly summary: string;
  readonly access: Access;
  /**
   * True for what agents call: they send no `X-Patchgate-Request`, and a browser's page of whatever origin is refused.
   * Only where nothing depends on who is signed in.
   */
  readonly agentsOnly?: true;
  /** True when an API token must not do it: credentials are changed in a signed-in browser only. */
  readonly sessionOnly?: true;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** `null` for 204 answers. */
  readonly response: z.ZodType | null;
  /**
   * Of a success that is no JSON; the response is then the text itself. Failures are JSON always. An event stream has
   * no end of its own, and being followed by a program it does not count as use of a session.
   */
  readonly mediaType?: 'application/pem-certificate-chain' | 'application/x-pem-file' | 'text/event-stream';
  readonly status: 200 | 201 | 202 | 204;
  /** The codes this operation adds to those every operation can answer. */
  readonly errors?: readonly ErrorCode[];
  readonly example: { readonly body?: unknown; readonly query?: unknown; readonly response: unknown };
}

type Arg<K extends string, S> = S extends z.ZodType ? { [P in K]: z.input<S> } : { [P in K]?: never };

/** What a caller passes: parameters, query and body before parsing. */
export type RequestOf<E extends Endpoint> = Arg<'params', E['params']> &
  Arg<'query', E['query']> &
  Arg<'body', E['body']>;

/** The body a caller sends, before parsing. */
export type BodyOf<E extends Endpoint> = E['body'] extends z.ZodType ? z.input<E['body']> : never;

/** What a caller gets: the parsed response, or nothing for 204. */
export type ResponseOf<E extends Endpoint> = E['response'] extends z.ZodType
  ? z.output<E['response']>
  : undefined;

type Parsed<K extends string, S> = S extends z.ZodType ? { [P in K]: z.output<S> } : unknown;

/** What a handler gets: parameters, query and body after parsing, each where the operation has it. */
export type InputOf<E extends Endpoint> = Parsed<'params', E['params']> &
  Parsed<'query', E['query']> &
  Parsed<'body', E['body']>;

/**
 * Defines an operation; a pass-through that keeps the literal types. That parameters fit the path and examples fit
 * the schemas is checked by a test over all operations.
 *
 * @param definition the operation
 */
export const endpoint = <const E extends Endpoint>(definition: E): E => definition;
