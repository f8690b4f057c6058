import fc from 'fast-check';
import type { Operation, Parameter } from './api-document.js';
import {
  hostileBody,
  hostileContentType,
  hostileHeader,
  hostileJson,
  hostileKey,
  hostilePathPart,
} from './hostile-values.js';
import type { Template } from './reference.js';
import { validFields, validValue } from './valid-values.js';

/** One thing that makes a valid request another one; `at` counts parts and wraps. */
export type Twist =
  | { readonly kind: 'path'; readonly at: number; readonly raw: string }
  | { readonly kind: 'query-value'; readonly at: number; readonly raw: string }
  | { readonly kind: 'query-again'; readonly at: number }
  | { readonly kind: 'query-more'; readonly raw: string }
  | { readonly kind: 'header'; readonly name: string; readonly value: string }
  | { readonly kind: 'body-value'; readonly at: number; readonly value: unknown }
  | { readonly kind: 'body-less'; readonly at: number }
  | { readonly kind: 'body-more'; readonly at: number; readonly key: string; readonly value: unknown }
  | { readonly kind: 'body-raw'; readonly raw: string | Buffer }
  | { readonly kind: 'content-type'; readonly value: string }
  | { readonly kind: 'method'; readonly method: string };

/** A request before it is known which objects exist: what fast-check makes, prints and makes smaller. */
export interface RequestPlan {
  readonly operation: Operation;
  /** Counts principals and wraps. */
  readonly principal: number;
  readonly path: { readonly [name: string]: Template };
  readonly query: { readonly [name: string]: Template };
  readonly body: Template | undefined;
  readonly twists: readonly Twist[];
}

const at = fc.nat(30);

const twist: fc.Arbitrary<Twist> = fc.oneof(
  fc.record({ kind: fc.constant('path' as const), at, raw: hostilePathPart }),
  fc.record({ kind: fc.constant('query-value' as const), at, raw: hostilePathPart }),
  fc.record({ kind: fc.constant('query-again' as const), at }),
  fc.record({
    kind: fc.constant('query-more' as const),
    raw: fc.constantFrom('x', '__proto__=1', 'limit[]=1', 'q[a]=b', '&&=&', '%', '%00=%00', 'constructor=1'),
  }),
  hostileHeader.map(([name, value]) => ({ kind: 'header' as const, name, value })),
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('body-value' as const), at, value: hostileJson }) },
  fc.record({ kind: fc.constant('body-less' as const), at }),
  fc.record({ kind: fc.constant('body-more' as const), at, key: hostileKey, value: hostileJson }),
  fc.record({ kind: fc.constant('body-raw' as const), raw: hostileBody }),
  fc.record({ kind: fc.constant('content-type' as const), value: hostileContentType }),
  fc.record({
    kind: fc.constant('method' as const),
    method: fc.constantFrom('HEAD', 'OPTIONS', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
  }),
);

/** Two requests of three are valid, so that there are objects to be hostile about. */
const twists = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Twist[]>([]) },
  { weight: 2, arbitrary: fc.array(twist, { minLength: 1, maxLength: 2 }) },
);

const owners: Readonly<Record<string, string>> = { hosts: 'hosts', 'patch-jobs': 'patch_jobs' };

function planOf(operation: Operation): fc.Arbitrary<RequestPlan> {
  const { parameters, body, area, path } = operation;
  // Below a host or a job, `id` is the host or job, whatever the area of what hangs there.
  const owner = owners[path.split('/')[3] ?? ''] ?? area;
  const values = (where: Parameter['in']) => {
    const fields = parameters
      .filter((parameter) => parameter.in === where)
      .map(({ name, required, schema }) => ({
        name,
        isRequired: required,
        value: validValue(schema, name, where === 'path' ? owner : area),
      }));
    // Filters exclude each other: with half of them at once no list has anything in it.
    return validFields(fields, 3);
  };
  return fc.record({
    operation: fc.constant(operation),
    principal: fc.nat(99),
    path: values('path'),
    query: values('query'),
    body: body ? validValue(body, 'body', area) : fc.constant(undefined),
    twists,
  });
}

/** Ends a credential or hashes a password, which takes a core a tenth of a second: tried more seldom than the rest. */
const isCostly = ({ area, method, path, body }: Operation): boolean =>
  (area === 'session' && method !== 'GET') ||
  Object.keys(body?.properties ?? {}).some((field) => field.includes('password')) ||
  (path.endsWith('/{id}') && method === 'DELETE' && area === 'users');

export const anyRequest = (operations: readonly Operation[]): fc.Arbitrary<RequestPlan> =>
  fc.oneof(
    ...operations.map((operation) => ({
      weight: isCostly(operation) ? 1 : 9,
      arbitrary: planOf(operation),
    })),
  );
