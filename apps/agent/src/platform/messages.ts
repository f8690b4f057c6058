import type { z } from 'zod';

/** The first thing a schema has against a value, in one line that begins with the field. */
export function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'invalid';
  const field = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    const unknown = [field, issue.keys[0] ?? ''].filter((part) => part !== '').join('.');
    return `${unknown}: unknown key`;
  }
  return field === '' ? issue.message : `${field}: ${issue.message}`;
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
