import { problem } from '@patchgate/contracts';
import type { Endpoint, RequestOf, ResponseOf } from '@patchgate/contracts';
import { isAttended } from './attention.js';
import { ApiError } from './api-error.js';

const base = '/api/v1';

interface RequestParts {
  params?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string | number | undefined>>;
  body?: unknown;
}

/**
 * Calls one operation of the API and checks the answer against its contract.
 *
 * @throws ApiError for every way it can fail; an aborted call rejects with the browser's AbortError
 */
export async function call<E extends Endpoint>(
  endpoint: E,
  request: RequestOf<E>,
  signal?: AbortSignal,
): Promise<ResponseOf<E>> {
  const parts = request as RequestParts;
  const response = await send(urlOf(endpoint.path, parts), {
    method: endpoint.method,
    credentials: 'same-origin',
    // A foreign page cannot set this header, so a request that carries it was meant.
    headers: {
      'X-Patchgate-Request': '1',
      ...(!isAttended() && { 'X-Patchgate-Unattended': '1' }),
      ...(parts.body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(parts.body !== undefined && { body: JSON.stringify(parts.body) }),
    ...(signal !== undefined && { signal }),
  });
  if (!response.ok) throw await refusalOf(response);
  if (endpoint.response === null) return undefined as ResponseOf<E>;
  const parsed = endpoint.response.safeParse(await jsonOf(response));
  if (!parsed.success) throw unexpectedAnswer(response, parsed.error);
  return parsed.data as ResponseOf<E>;
}

export function urlOf(path: string, { params = {}, query = {} }: RequestParts): string {
  const filled = path.replace(/:(\w+)/g, (_match, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`the path ${path} lacks its parameter ${name}`);
    return encodeURIComponent(value);
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) search.set(name, String(value));
  }
  return `${base}${filled}${search.size > 0 ? `?${search.toString()}` : ''}`;
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    if (init.signal?.aborted === true) throw cause;
    throw new ApiError({
      status: 0,
      code: 'unreachable',
      message: 'The server could not be reached. Check the connection, then try again.',
      cause,
    });
  }
}

async function refusalOf(response: Response): Promise<ApiError> {
  const parsed = problem.safeParse(await jsonOf(response));
  if (!parsed.success) return unexpectedAnswer(response, parsed.error);
  const { code, message, issues = [], request_id: requestId } = parsed.data;
  return new ApiError({ status: response.status, code, message, issues, requestId });
}

// A proxy in between answers with a page of its own when the server is down; that is no JSON and no bug of ours.
async function jsonOf(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw unexpectedAnswer(response, cause);
  }
}

const unexpectedAnswer = (response: Response, cause: unknown): ApiError =>
  new ApiError({
    status: response.status,
    code: 'unexpected_answer',
    message: `The answer (status ${response.status}) is not one this page understands. Reload the page; an update may have replaced it.`,
    requestId: response.headers.get('x-request-id'),
    cause,
  });
