import type { ErrorCode } from '@patchgate/contracts';
import { ApiError } from './api-error.js';

export interface FormErrors {
  /** What is wrong with a field, by its name. */
  fields: Readonly<Record<string, string>>;
  /** What is wrong with the whole; null when the fields say it all. */
  form: string | null;
  requestId: string | null;
}

export const noErrors: FormErrors = { fields: {}, form: null, requestId: null };

/** The parts of a schema's complaint this module reads; Zod's own type is a union of dozens. */
export interface SchemaIssue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly origin?: string;
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
}

/** One message per field, the first; a schema may complain about the same field twice. */
export function errorsOfIssues(issues: readonly SchemaIssue[], fieldNames: readonly string[]): FormErrors {
  const fields: Record<string, string> = {};
  const rest: string[] = [];
  for (const issue of issues) {
    const name = String(issue.path[0] ?? '');
    if (fieldNames.includes(name)) fields[name] ??= sentenceOf(issue);
    else rest.push(sentenceOf(issue));
  }
  return { fields, form: rest[0] ?? null, requestId: null };
}

/**
 * What the server refused, put where the person can mend it.
 *
 * @param fieldOfCode the field a conflict belongs to, such as `user_exists` to the user name
 */
export function errorsOfRefusal(
  error: unknown,
  fieldNames: readonly string[],
  fieldOfCode: Partial<Record<ErrorCode, string>> = {},
): FormErrors {
  if (!(error instanceof ApiError)) throw error;
  const fields: Record<string, string> = {};
  const rest: string[] = [];
  for (const { path, message } of error.issues) {
    const name = fieldNames.find((field) => path.split(/[./]/).includes(field));
    if (name === undefined) rest.push(message);
    else fields[name] ??= asSentence(message);
  }
  const conflictField = (fieldOfCode as Record<string, string | undefined>)[error.code];
  // The server may know better which field it was; then it has named it.
  if (conflictField !== undefined && error.issues.length === 0)
    fields[conflictField] = asSentence(error.message);
  const isSaid = Object.keys(fields).length > 0 && rest.length === 0;
  return {
    fields,
    form: isSaid ? null : asSentence(rest[0] ?? error.message),
    requestId: isSaid ? null : error.requestId,
  };
}

function sentenceOf(issue: SchemaIssue): string {
  const isText = issue.origin === 'string';
  if (issue.code === 'too_small' && isText && Number(issue.minimum) <= 1) return 'This is needed.';
  if (issue.code === 'too_small' && isText) return `At least ${Number(issue.minimum)} characters.`;
  if (issue.code === 'too_big' && isText) return `At most ${Number(issue.maximum)} characters.`;
  if (issue.code === 'too_small') return `${Number(issue.minimum)} or more.`;
  if (issue.code === 'too_big') return `${Number(issue.maximum)} or less.`;
  if (issue.code === 'invalid_type') return 'A whole number is needed.';
  return asSentence(issue.message);
}

function asSentence(text: string): string {
  const capitalised = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capitalised) ? capitalised : `${capitalised}.`;
}
