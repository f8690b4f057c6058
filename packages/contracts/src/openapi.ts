import { z } from 'zod';
import type { Endpoint } from './endpoint.js';
import { errorStatus } from './error-codes.js';
import type { ErrorCode } from './error-codes.js';
import { hoistDefinitions } from './hoist-definitions.js';
import { problem } from './problem.schema.js';

type Json = Record<string, unknown>;

const everywhere: readonly ErrorCode[] = ['invalid_request', 'internal_error', 'unavailable'];
const behindSignIn: readonly ErrorCode[] = ['unauthenticated', 'forbidden'];
// Whatever can carry a body can carry a wrong one, also where none is asked for; forbidden is another origin.
const withBody: readonly ErrorCode[] = ['forbidden', 'payload_too_large', 'unsupported_media_type'];

const toSchema = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const json: Json = z.toJSONSchema(schema, { io, target: 'draft-2020-12' });
  // The dialect is said once for the whole document.
  delete json.$schema;
  return json;
};

function parametersOf(schema: z.ZodType | undefined, where: 'path' | 'query'): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = toSchema(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: property,
  }));
}

function answersOf(endpoint: Endpoint): Json {
  const codes = [
    ...everywhere,
    ...(endpoint.access === 'public' ? [] : behindSignIn),
    ...(endpoint.method === 'GET' ? [] : withBody),
    ...(endpoint.params ? (['not_found'] as const) : []),
    ...(endpoint.errors ?? []),
  ];
  const byStatus = Map.groupBy(new Set(codes), (code) => errorStatus[code]);
  const failures = [...byStatus].map(([status, group]) => [
    String(status),
    {
      description: group.join(', '),
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  ]);
  const success = endpoint.response
    ? {
        description: 'Success',
        content: {
          [endpoint.mediaType ?? 'application/json']: {
            schema: toSchema(endpoint.response, 'output'),
            example: endpoint.example.response,
          },
        },
      }
    : { description: 'Done; no body' };
  return Object.fromEntries([[String(endpoint.status), success], ...failures]) as Json;
}

function operationOf(area: string, name: string, endpoint: Endpoint): Json {
  const parameters = [...parametersOf(endpoint.params, 'path'), ...parametersOf(endpoint.query, 'query')];
  return {
    operationId: `${area}.${name}`,
    tags: [area],
    summary: endpoint.summary,
    'x-access': endpoint.access,
    'x-session-only': endpoint.sessionOnly ?? false,
    'x-agents-only': endpoint.agentsOnly ?? false,
    security:
      endpoint.access === 'public' ? [] : [{ session: [] }, ...(endpoint.sessionOnly ? [] : [{ token: [] }])],
    ...(parameters.length && { parameters }),
    ...(endpoint.body && {
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: toSchema(endpoint.body, 'input'), example: endpoint.example.body },
        },
      },
    }),
    responses: answersOf(endpoint),
  };
}

/**
 * The OpenAPI 3.1 document of the operations given.
 *
 * @param areas operations by area; the area becomes the tag
 * @returns a document ready to be serialised; schemas are JSON Schema 2020-12 as OpenAPI 3.1 asks
 * @see https://spec.openapis.org/oas/v3.1.1
 */
export function openApiDocument(areas: Record<string, Record<string, Endpoint>>): Json {
  const paths: Record<string, Json> = {};
  for (const [area, operations] of Object.entries(areas)) {
    for (const [name, endpoint] of Object.entries(operations)) {
      const path = `/api/v1${endpoint.path.replace(/:(\w+)/g, '{$1}')}`;
      paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operationOf(area, name, endpoint) };
    }
  }
  const schemas: Json = {};
  // The failures of all operations refer to it by name.
  hoistDefinitions(toSchema(problem, 'output'), schemas);
  return {
    openapi: '3.1.1',
    info: { title: 'Patchgate', version: '1', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths: hoistDefinitions(paths, schemas),
    components: {
      schemas,
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-sid' },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}
