/** Type, colon, value; a value that could be mistaken for more than one name comes quoted as a JSON string. */
const name = /(?:^|, )([A-Za-z ]+):("(?:[^"\\]|\\.)*"|[^,"]*)(?=, |$)/gy;

/**
 * The URIs among the alternative names of a certificate (RFC 5280, 4.2.1.6).
 *
 * @param subjectAltName as the runtime writes them (`X509Certificate.subjectAltName`)
 * @returns none at all when any of it cannot be read: half a reading could be the wrong half
 */
export function uriNames(subjectAltName: string): readonly string[] {
  const names = [...subjectAltName.matchAll(name)];
  if (names.reduce((length, [text]) => length + text.length, 0) !== subjectAltName.length) return [];
  return names
    .filter(([, type]) => type === 'URI')
    .map(([, , value = '']) => (value.startsWith('"') ? (JSON.parse(value) as string) : value));
}
