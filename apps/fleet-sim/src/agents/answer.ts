import { randomUUID } from 'node:crypto';

/** What an agent answers with: a status and a body that is JSON unless it is a text. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const around = () => ({ request_id: randomUUID(), timestamp: new Date().toISOString() });

export const done = (data: unknown, status = 200): Answer => ({
  status,
  body: { success: true, ...around(), data, error: null },
});

export const refused = (status: number, code: string, message: string, retryable = false): Answer => ({
  status,
  body: { success: false, ...around(), data: null, error: { code, message, details: null, retryable } },
  ...(retryable && status !== 423 && { headers: { 'retry-after': '60' } }),
});

/** An order as it came in. */
export interface Question {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}
