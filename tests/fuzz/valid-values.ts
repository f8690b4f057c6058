import fc from 'fast-check';
import { goodPassword } from '../../apps/server/src/api.fixture.js';
import type { Schema } from './api-document.js';
import { Reference } from './reference.js';
import type { Template } from './reference.js';

/** Sequences use few passwords, so that a sign-in has a chance to be right. */
const passwords = [goodPassword, 'four other quiet words'];
const largest = 1_000_000;
const timeZones = fc.constantFrom(
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'UTC',
);

/** Values that a schema accepts, as often as possible about what exists. */
export function validValue(schema: Schema, field: string, area: string): fc.Arbitrary<Template> {
  if (schema.const !== undefined) return fc.constant(schema.const as string);
  if (schema.enum) return fc.constantFrom(...(schema.enum as string[]));
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return fc.oneof(...options.map((option) => validValue(option, field, area)));
  if (schema.type === 'null') return fc.constant(null);
  if (schema.type === 'boolean') return fc.boolean();
  if (schema.type === 'integer') return fc.integer(rangeOf(schema));
  if (schema.type === 'array') return validList(schema, field, area);
  if (schema.type === 'object') return validObject(schema, area);
  if (schema.type === 'string') return validString(schema, field, area);
  throw new Error(`the fuzzer cannot make values of ${JSON.stringify(schema)}`);
}

const rangeOf = ({ minimum = -largest, maximum = largest }: Schema) => ({ min: minimum, max: maximum });

function validList(schema: Schema, field: string, area: string): fc.Arbitrary<Template> {
  const { items, minItems = 0, maxItems = 4 } = schema;
  if (!items) throw new Error(`a list without items: ${field}`);
  const item = validValue(items, field.replace(/s$/, ''), area);
  return fc.array(item, { minLength: minItems, maxLength: Math.min(maxItems, minItems + 3) });
}

function validObject({ properties = {}, required = [] }: Schema, area: string): fc.Arbitrary<Template> {
  const fields = Object.entries(properties).map(([name, schema]) => ({
    name,
    isRequired: required.includes(name),
    value: validValue(schema, name, area),
  }));
  return validFields(fields, 1);
}

/** Fields that may be absent are so in `absent` of `absent + 1` cases. */
export function validFields(
  fields: readonly { name: string; isRequired: boolean; value: fc.Arbitrary<Template> }[],
  absent: number,
): fc.Arbitrary<Record<string, Template>> {
  const pairs = fields.map(({ name, isRequired, value }) => {
    const present = value.map((given): [string, Template][] => [[name, given]]);
    return isRequired ? present : fc.oneof({ weight: absent, arbitrary: fc.constant([]) }, present);
  });
  return fc.tuple(...pairs).map((chosen) => Object.fromEntries(chosen.flat()));
}

function validString(schema: Schema, field: string, area: string): fc.Arbitrary<Template> {
  if (schema.format === 'uuid') {
    return fc.oneof(
      { weight: 12, arbitrary: known(kindOfId(field, area)) },
      known(field),
      fc.uuid({ version: 7 }),
    );
  }
  if (schema.format === 'ipv4') return fc.ipV4();
  if (schema.format === 'ipv6') return fc.ipV6().filter((text) => matches(schema, text));
  if (schema.format === 'date-time') return instant;
  if (field.includes('password')) return fc.constantFrom(...passwords);
  // Of what a text may be, next to nothing is the name of a zone.
  if (field === 'time_zone') return fc.oneof({ weight: 9, arbitrary: timeZones }, textOf(schema));
  const text = textOf(schema);
  if (field === 'cursor')
    return fc.oneof(
      { weight: 6, arbitrary: known(`${area} next_cursor`) },
      known('next_cursor'),
      forgedCursor,
    );
  return fc.oneof({ weight: 2, arbitrary: text }, known(field));
}

const known = (kind: string): fc.Arbitrary<Template> =>
  fc.nat(largest).map((nth) => new Reference(kind, nth));

/** `id` in a path is of the area given; `host_id`, `check_id`, `run_id` and `group` say what they mean. */
function kindOfId(field: string, area: string): string {
  const noun = field.replace(/_id$/, '');
  if (noun === 'check') return 'health_checks';
  if (noun === 'run') return 'patch_runs';
  return noun === 'id' ? area : `${noun}s`;
}

const instant = fc
  .oneof(
    fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
    fc.date({ min: new Date('0000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
    fc.constantFrom(new Date('0000-01-01'), new Date('9999-12-31T23:59:59.999Z')),
  )
  .map((date) => date.toISOString());

/** Looks like a cursor from outside; what is in it no server has written. */
const forgedCursor = fc
  .array(
    fc.oneof(
      fc.constantFrom<unknown>(0, 3, -1, 65536, 2 ** 31, 2 ** 53 - 1, 1e308, 0.5, null, true, {}, []),
      fc.constantFrom('', '\u0000', '\ud800', '....', '::', '1.2.3', '-'.repeat(36), 'f'.repeat(36), "'"),
      fc.string(),
      fc.ipV4(),
      fc.uuid(),
    ),
    { maxLength: 4 },
  )
  .map((parts) => Buffer.from(JSON.stringify(parts)).toString('base64url'));

function textOf(schema: Schema): fc.Arbitrary<string> {
  const { minLength = 0, maxLength = 100, pattern = '' } = schema;
  return fromPattern(pattern, { minLength, maxLength: Math.min(maxLength, minLength + 60) }).filter((text) =>
    matches(schema, text),
  );
}

const matches = ({ pattern = '', minLength = 0, maxLength = Infinity }: Schema, text: string): boolean =>
  new RegExp(pattern, 'u').test(text) && text.trim().length >= minLength && text.length <= maxLength;

/** fast-check reads neither lookaheads nor properties in a class; what it makes is held against the whole pattern after. */
function fromPattern(
  pattern: string,
  lengths: { minLength: number; maxLength: number },
): fc.Arbitrary<string> {
  if (pattern === '' || pattern.includes('[^\\p')) return fc.string({ ...lengths, unit: 'grapheme' });
  return fc.stringMatching(new RegExp(pattern.replace(/\(\?!(.*?\$|[^()]*)\)/, ''), 'u'), { size: 'small' });
}
