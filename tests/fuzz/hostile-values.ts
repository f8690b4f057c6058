import fc from 'fast-check';

const huge = 'x'.repeat(70_000);

/** Texts that break what takes them for words: bytes PostgreSQL refuses, halves of characters, other people's syntax. */
const hostileText = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    'a\u0000b',
    '\ud800',
    '\udfff\ud800',
    '\ufeff',
    '\u202e\u200b',
    '\u2028',
    '\r\nSet-Cookie: a=b',
    'İ',
    'ﬀ',
    "'; DROP TABLE hosts; --",
    '%',
    '_',
    '\\',
    '${7*7}',
    '<script>alert(1)</script>',
    '../../etc/passwd',
    '__proto__',
    'constructor',
    'null',
    'NaN',
    '-0',
    '1e999',
    'Infinity',
    '9'.repeat(400),
    huge,
  ),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'binary', minLength: 200, maxLength: 600 }),
);

const hostileNumber = fc.constantFrom(
  -1,
  0,
  0.5,
  1e21,
  1e308,
  -1e308,
  65536,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  Number.MIN_VALUE,
);

/** JSON of any shape and no regard for a schema. */
export const hostileJson: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: hostileText },
  { weight: 2, arbitrary: hostileNumber },
  fc.constantFrom(null, true, false, {}, []),
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(17, 40).map(nested),
  fc.constant(Array.from({ length: 2000 }, (_, index) => index)),
);

export const hostileKey = fc.constantFrom(
  '__proto__',
  'constructor',
  'id',
  'role',
  'toString',
  '',
  '\u0000',
  '$ne',
);

/** Bodies that are no JSON, or JSON that a parser must not take for an object. */
export const hostileBody: fc.Arbitrary<string | Buffer> = fc.oneof(
  fc.constantFrom(
    '',
    '{',
    '{"name":',
    '[]',
    'null',
    '1',
    '"text"',
    '{"a":1}{"b":2}',
    '{"__proto__":{"role":"admin"}}',
    '{"constructor":{"prototype":{"role":"admin"}}}',
    '\ufeff{}',
    "{'name': 1}",
    '{"name":"\\ud800"}',
    'NaN',
    '<a/>',
    `"${'x'.repeat(300_000)}"`,
    '['.repeat(50_000),
  ),
  fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes)),
);

export const hostileContentType = fc.constantFrom(
  '',
  'text/plain',
  'application/xml',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  'application/json;',
  'APPLICATION/JSON',
  'application/jsonx',
  '/',
);

/** Already encoded, or meant to be wrong on the wire. Short: beyond 16 KiB the server hangs up before any operation. */
export const hostilePathPart = fc.oneof(
  fc.constantFrom(
    '',
    '.',
    '..',
    '%',
    '%ZZ',
    '%00',
    '%2F',
    '%2e%2e%2f',
    '%ff%fe',
    '%ED%A0%80',
    'null',
    '*',
    '1',
    '01A1FC3A-9E89-74CF-9CF5-4F3EDBD06DF0',
    '01a1fc3a-9e89-04cf-9cf5-4f3edbd06df0',
    '-'.repeat(36),
    'a'.repeat(201),
    'a'.repeat(2000),
    '01a1fc3a-9e89-74cf-9cf5-4f3edbd06df0%00',
    "'%20OR%20'1'='1",
    ';x=1',
    '\u00e9',
  ),
  hostileText.map((text) => encodeURIComponent(text.toWellFormed()).slice(0, 900)),
);

export const hostileHeader: fc.Arbitrary<[string, string]> = fc.constantFrom<[string, string][]>(
  ['origin', 'https://evil.example'],
  ['origin', 'null'],
  ['origin', 'x'],
  ['x-patchgate-request', ''],
  ['x-patchgate-request', '2'],
  ['cookie', '__Host-sid='],
  ['cookie', '__Host-sid=%00%ff; __Host-sid="'],
  ['cookie', `__Host-sid=${'a'.repeat(4000)}`],
  ['cookie', ';;;=;='],
  ['authorization', 'Bearer'],
  ['authorization', 'Bearer pgt_'],
  ['authorization', `Bearer pgt_${'a'.repeat(4000)}`],
  ['authorization', 'Basic YTpi'],
  ['user-agent', 'x'.repeat(4000)],
  ['user-agent', '\u00ff\u0080'],
  ['x-forwarded-for', 'not an address, ::ffff:999.1.1.1'],
  ['x-forwarded-proto', 'ftp'],
  ['host', 'evil.example'],
  ['host', ''],
  ['accept', 'text/html'],
  ['accept-encoding', 'br;q=x'],
  ['content-encoding', 'gzip'],
  ['range', 'bytes=0-'],
  ['if-none-match', '*'],
  ['x-http-method-override', 'DELETE'],
  ['x-request-id', "'"],
  ['upgrade', 'websocket'],
);

function nested(depth: number): unknown {
  return depth === 0 ? 1 : { a: nested(depth - 1) };
}
