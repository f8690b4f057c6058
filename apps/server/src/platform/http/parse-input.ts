import type { Endpoint, Issue } from '@patchgate/contracts';
import type { z } from 'zod';
import { AppError } from '../app-error.js';

interface RawRequest {
  params: unknown;
  query: unknown;
  body: unknown;
}

const parts = ['params', 'query', 'body'] as const;

/**
 * Parses what a request brought by its contract. A part the contract does not name must be absent.
 *
 * @throws AppError `invalid_request` with one issue per refused field
 */
export function parseInput(endpoint: Endpoint, request: RawRequest): Record<string, unknown> {
  const issues: Issue[] = [];
  const input: Record<string, unknown> = {};
  for (const part of parts) {
    const schema = endpoint[part];
    if (!schema) {
      if (!isAbsent(request[part])) issues.push({ path: part, message: `this operation takes no ${part}` });
      continue;
    }
    const parsed = schema.safeParse(request[part] ?? {});
    if (parsed.success) input[part] = parsed.data;
    else issues.push(...parsed.error.issues.flatMap((issue) => toIssues(issue, part, request[part])));
  }
  if (issues.length > 0) {
    const first = issues[0];
    throw new AppError(
      'invalid_request',
      first ? `${first.path}: ${first.message}` : 'The request is not valid.',
      {
        issues: issues.slice(0, 50),
      },
    );
  }
  return input;
}

const isAbsent = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0);

function toIssues(issue: z.core.$ZodIssue, part: string, given: unknown): Issue[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...issue.path, key].join('.'),
      message: 'there is no such field',
    }));
  }
  const path = issue.path.join('.');
  return [{ path, message: part === 'query' ? withGiven(issue.message, path, given) : issue.message }];
}

const shownLength = 40;

/** A query is written by hand or by a program, with no field beside the message that would show what was given. */
function withGiven(message: string, name: string, query: unknown): string {
  const given = (query as Record<string, unknown> | undefined)?.[name];
  if (given === undefined || !message.startsWith('expected ')) return message;
  const text = JSON.stringify(given);
  return `given ${text.length > shownLength ? `${text.slice(0, shownLength)}…` : text}, ${message}`;
}
