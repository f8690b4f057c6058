import type { X509Certificate } from 'node:crypto';
import type { z } from 'zod';

import { firstIssue } from '../platform/messages.js';
import { AgentRefusal } from './agent-refusal.js';

export interface RouteRequest {
  /** What stands for `:name` in the path, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** Of the manager that asks. */
  readonly certificate: X509Certificate;
}

interface RouteReply {
  readonly status: number;
  readonly data: object;
}

export interface Route {
  readonly method: 'GET' | 'PUT' | 'POST';
  /** `:name` takes one segment. */
  readonly path: string;
  readonly reply: (request: RouteRequest) => RouteReply | Promise<RouteReply>;
}

/** @throws AgentRefusal `VALIDATION_ERROR` that names the field */
export function parseInput<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new AgentRefusal('VALIDATION_ERROR', firstIssue(parsed.error), { cause: parsed.error });
}

/** @throws AgentRefusal for a key that stands twice, or that the schema refuses */
export function parseQuery<T extends z.ZodType>(schema: T, query: URLSearchParams): z.output<T> {
  const keys = [...query.keys()];
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) throw new AgentRefusal('VALIDATION_ERROR', `${twice}: given twice`);
  return parseInput(schema, Object.fromEntries(query));
}
