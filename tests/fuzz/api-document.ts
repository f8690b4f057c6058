/** The parts of JSON Schema 2020-12 that the document uses for requests. */
export interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Schema;
}

/** What the document says of one operation; statuses are all that it may answer. */
export interface Operation {
  readonly name: string;
  readonly area: string;
  readonly method: string;
  readonly path: string;
  readonly access: string;
  readonly isSessionOnly: boolean;
  readonly parameters: readonly Parameter[];
  readonly body: Schema | undefined;
  /** The media type of the body of each, undefined where there is none. */
  readonly statuses: ReadonlyMap<number, string | undefined>;
}

interface RawOperation {
  operationId: string;
  tags: [string];
  'x-access': string;
  'x-session-only': boolean;
  parameters?: Parameter[];
  requestBody?: { content: { 'application/json': { schema: Schema | { $ref: string } } } };
  responses: Record<string, { content?: object }>;
}

export interface ApiDocument {
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
  readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>;
}

export async function fetchDocument(origin: string): Promise<ApiDocument> {
  return (await (await fetch(`${origin}/api/openapi.json`)).json()) as ApiDocument;
}

export function operationsOf({ paths, components }: ApiDocument): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, raw]) => ({
      name: raw.operationId,
      area: raw.tags[0],
      method: method.toUpperCase(),
      path,
      access: raw['x-access'],
      isSessionOnly: raw['x-session-only'],
      parameters: raw.parameters ?? [],
      body: bodyOf(raw, components.schemas),
      statuses: new Map(
        Object.entries(raw.responses).map(([status, { content }]) => [
          Number(status),
          Object.keys(content ?? {})[0],
        ]),
      ),
    })),
  );
}

type Named = Readonly<Record<string, Schema>>;

const bodyOf = ({ requestBody }: RawOperation, named: Named): Schema | undefined =>
  resolved(requestBody?.content['application/json'].schema, named) as Schema | undefined;

/** Without references, at whatever depth; none refers to itself. */
function resolved(schema: unknown, named: Named): unknown {
  if (Array.isArray(schema)) return schema.map((part) => resolved(part, named));
  if (typeof schema !== 'object' || schema === null) return schema;
  if ('$ref' in schema) {
    const found = named[String(schema.$ref).replace('#/components/schemas/', '')];
    if (!found) throw new Error(`the document refers to ${String(schema.$ref)}, which it does not hold`);
    return resolved(found, named);
  }
  return Object.fromEntries(Object.entries(schema).map(([key, part]) => [key, resolved(part, named)]));
}
