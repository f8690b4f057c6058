import type { Memory, Template } from './reference.js';
import type { RequestPlan, Twist } from './request-plan.js';

/** A request as it goes over the wire. */
export interface WireRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | Buffer | undefined;
}

interface Draft extends Omit<WireRequest, 'path'> {
  template: string;
  path: [name: string, value: string][];
  query: string[];
}

/** Fills in what the server has named since, then twists the result. */
export function toWire(plan: RequestPlan, memory: Memory, credential: Record<string, string>): WireRequest {
  const encoded = (value: Template) => encodeURIComponent(String(memory.resolve(value)).toWellFormed());
  let json = plan.body === undefined ? undefined : memory.resolve(plan.body);
  for (const twist of plan.twists) json = twistJson(json, twist);
  const isSafe = plan.operation.method === 'GET';
  const draft: Draft = {
    method: plan.operation.method,
    template: plan.operation.path,
    path: Object.entries(plan.path).map(([name, value]) => [name, encoded(value)]),
    query: Object.entries(plan.query).map(([name, value]) => `${name}=${encoded(value)}`),
    headers: { ...(!isSafe && { 'x-patchgate-request': '1' }), ...credential },
    body: json === undefined ? undefined : JSON.stringify(json),
  };
  if (draft.body !== undefined) draft.headers['content-type'] = 'application/json';
  for (const twist of plan.twists) twistDraft(draft, twist);
  const path = draft.path.reduce(
    (filled, [name, value]) => filled.replace(`{${name}}`, () => value),
    draft.template,
  );
  const query = draft.query.length > 0 ? `?${draft.query.join('&')}` : '';
  return { method: draft.method, path: path + query, headers: draft.headers, body: draft.body };
}

function twistDraft(draft: Draft, twist: Twist): void {
  switch (twist.kind) {
    case 'path': {
      const part = draft.path[twist.at % Math.max(1, draft.path.length)];
      if (part) part[1] = twist.raw;
      return;
    }
    case 'query-value': {
      const index = twist.at % Math.max(1, draft.query.length);
      const name = draft.query[index]?.split('=')[0] ?? 'limit';
      draft.query[index] = `${name}=${twist.raw}`;
      return;
    }
    case 'query-again': {
      const again = draft.query[twist.at % Math.max(1, draft.query.length)];
      draft.query.push(again ?? 'limit=1&limit=2');
      return;
    }
    case 'query-more':
      draft.query.push(twist.raw);
      return;
    case 'header':
      draft.headers[twist.name] = twist.value;
      return;
    case 'body-raw':
      draft.body = twist.raw;
      draft.headers['content-type'] ??= 'application/json';
      return;
    case 'content-type':
      draft.headers['content-type'] = twist.value;
      return;
    case 'method':
      draft.method = twist.method;
      return;
    case 'body-value':
    case 'body-less':
    case 'body-more':
      return;
  }
}

type Node = Record<string, unknown> | unknown[];

/** Changes one place of the body, counted through the whole tree. */
function twistJson(json: unknown, twist: Twist): unknown {
  if (twist.kind !== 'body-value' && twist.kind !== 'body-less' && twist.kind !== 'body-more') return json;
  const root = { body: structuredClone(json) };
  const places = placesIn(root);
  const place = places[twist.at % places.length];
  if (!place) return json;
  const [parent, key] = place;
  if (twist.kind === 'body-less') Reflect.deleteProperty(parent, key);
  else put(parent, key, twist.kind === 'body-value' ? twist.value : withMore(parent[key], twist));
  return root.body;
}

function placesIn(parent: Record<string, unknown>): [Record<string, unknown>, string][] {
  return Object.entries(parent).flatMap(([key, value]) => [
    [parent, key],
    ...(typeof value === 'object' && value !== null ? placesIn(value as Record<string, unknown>) : []),
  ]);
}

function withMore(value: unknown, { key, value: more }: { key: string; value: unknown }): unknown {
  const grown: Node = Array.isArray(value) ? [...(value as unknown[]), more] : { ...(value as object) };
  if (!Array.isArray(grown)) put(grown, key, more);
  return grown;
}

/** An own property whatever its name, as JSON.parse makes it. */
function put(parent: object, key: string, value: unknown): void {
  Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true });
}
