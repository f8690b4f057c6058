type Json = Record<string, unknown>;

const local = '#/$defs/';
const hoisted = '#/components/schemas/';

/**
 * Moves the named schemas of one JSON Schema to where an OpenAPI document keeps them. A reference starts at the root of
 * the whole document, so `#/$defs/Host` would point at nothing once its schema stands inside another document.
 *
 * @param value a schema, or anything that holds schemas; it is not changed
 * @param named receives each named schema, under its name
 * @returns the value without `$defs`, its references pointing into `#/components/schemas`
 * @see https://spec.openapis.org/oas/v3.1.1#reference-object
 */
export function hoistDefinitions(value: unknown, named: Json): unknown {
  if (Array.isArray(value)) return value.map((item) => hoistDefinitions(item, named));
  if (typeof value !== 'object' || value === null) return value;
  const { $defs, ...rest } = value as Json;
  for (const [name, schema] of Object.entries($defs ?? {})) named[name] = hoistDefinitions(schema, named);
  return Object.fromEntries(
    Object.entries(rest).map(([key, inner]) => [
      key,
      key === '$ref' && typeof inner === 'string'
        ? inner.replace(local, hoisted)
        : hoistDefinitions(inner, named),
    ]),
  );
}
