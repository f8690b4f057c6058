import { describe, expect, it } from 'vitest';
import { endpoints } from './endpoints.js';
import type { Endpoint } from './endpoint.js';
import { openApiDocument } from './openapi.js';

const named = Object.values<Record<string, Endpoint>>(endpoints).flatMap((area) =>
  Object.values(area).map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const),
);

interface Operation {
  operationId: string;
  'x-access': string;
  security: unknown[];
  requestBody?: { content: { 'application/json': { example: unknown } } };
  responses: Record<string, { content?: Record<string, { example?: unknown }> }>;
}
const document = openApiDocument(endpoints) as {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
};

describe.each(named)('%s', (_name, endpoint) => {
  it('has examples that its own schemas accept', () => {
    expect(endpoint.query?.safeParse(endpoint.example.query ?? {}).error).toBeUndefined();
    expect(endpoint.body?.safeParse(endpoint.example.body).error).toBeUndefined();
    expect(endpoint.response?.safeParse(endpoint.example.response).error).toBeUndefined();
    expect(endpoint.response === null).toBe(endpoint.status === 204);
  });

  it('names every parameter of its path, and no other', () => {
    const inPath = [...endpoint.path.matchAll(/:(\w+)/g)].map(([, name]) => name);
    const shape = (endpoint.params as { shape?: object } | undefined)?.shape ?? {};
    expect(Object.keys(shape).sort()).toEqual(inPath.sort());
  });

  it('is in the document with a policy, an example and a failure', () => {
    const path = `/api/v1${endpoint.path.replace(/:(\w+)/g, '{$1}')}`;
    const operation = document.paths[path]?.[endpoint.method.toLowerCase()];
    expect(operation?.['x-access']).toBe(endpoint.access);
    expect(operation?.security.length === 0).toBe(endpoint.access === 'public');
    if (endpoint.body) expect(operation?.requestBody?.content['application/json'].example).toBeDefined();
    const success = operation?.responses[String(endpoint.status)];
    if (endpoint.response)
      expect(success?.content).toEqual({
        [endpoint.mediaType ?? 'application/json']: expect.objectContaining({
          example: endpoint.example.response,
        }) as unknown,
      });
    expect(operation?.responses['400']).toBeDefined();
    const changes = endpoint.method === 'GET' ? [] : ['403', '413', '415'];
    expect(Object.keys(operation?.responses ?? {})).toEqual(expect.arrayContaining(changes));
  });
});

describe('SEC-I1 what is more than was asked for', () => {
  const surplus = { surplus: 1 };
  it.each(named.filter(([, { body, agentsOnly }]) => body && !agentsOnly))(
    'is refused in the body of %s',
    (_name, { body, example }) => {
      const given = { ...(example.body as object), ...surplus };
      expect(body?.safeParse(given).error?.issues).toMatchObject([{ code: 'unrecognized_keys' }]);
    },
  );

  it.each(named.filter(([, { query }]) => query))('is refused in the query of %s', (_name, endpoint) => {
    const given = { ...(endpoint.example.query as object | undefined), ...surplus };
    expect(endpoint.query?.safeParse(given).error?.issues).toMatchObject([{ code: 'unrecognized_keys' }]);
  });

  it.each(named.filter(([, { query }]) => query && 'limit' in ((query as { shape?: object }).shape ?? {})))(
    'than there is room for is refused in the limit of %s',
    (_name, { query, example }) => {
      const asked = (limit: string) => query?.safeParse({ ...(example.query as object), limit }).success;
      expect([asked('200'), asked('5001')]).toEqual([true, false]);
    },
  );
});

describe('the document', () => {
  it('is OpenAPI 3.1 and holds each operation once', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    const ids = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(named.length);
  });

  it('holds whatever it refers to', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]*)"/g)].map(
      ([, target = '']) => target,
    );
    expect(references).toContain('#/components/schemas/Problem');
    expect(references).toContain('#/components/schemas/Host');
    const dead = references.filter((reference) => valueAt(document, reference) === undefined);
    expect([...new Set(dead)]).toEqual([]);
    expect(valueAt(document, '#/components/schemas/Problem')).toHaveProperty('properties.request_id');
  });
});

function valueAt(whole: unknown, reference: string): unknown {
  return reference
    .slice('#/'.length)
    .split('/')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], whole);
}
