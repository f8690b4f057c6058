export interface Secret {
  readonly name: string;
  readonly bytes: Buffer;
}

export interface Haystack {
  readonly name: string;
  readonly text: string;
}

/**
 * What a secret looks like when it slipped out: as it is, escaped for JSON or for an address, in hexadecimal, in base64
 * and its variant for addresses. Of the two latter all three alignments, without the characters at the ends, which depend
 * on the neighbours.
 */
function spellingsOf(bytes: Buffer): Record<string, readonly string[]> {
  const plain = isText(bytes) ? bytes.toString() : bytes.toString('latin1');
  const aligned = [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    return encoded.slice(before === 0 ? 0 : before + 1, -2);
  });
  return {
    plain: [plain],
    json: [JSON.stringify(plain).slice(1, -1)],
    url: [encodeURIComponent(plain)],
    hex: [bytes.toString('hex'), bytes.toString('hex').toUpperCase()],
    base64: aligned,
    base64url: aligned.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  };
}

/** Every secret in every spelling that stands anywhere, also where a line was broken in its middle. */
export function findSecrets(secrets: readonly Secret[], haystacks: readonly Haystack[]): string[] {
  const labels = new Map<string, Set<string>>();
  for (const { name, bytes } of secrets) {
    for (const [spelling, needles] of Object.entries(spellingsOf(bytes))) {
      for (const needle of needles)
        labels.set(needle, (labels.get(needle) ?? new Set()).add(`${name} as ${spelling}`));
    }
  }
  const search = searchFor([...labels.keys()]);
  return haystacks.flatMap(({ name: where, text }) => {
    const found = [...search(text), ...search(text.replace(/\\[rn]|\s+/g, ''))];
    return [...new Set(found.flatMap((needle) => [...(labels.get(needle) ?? [])]))].map(
      (label) => `${label} in ${where}`,
    );
  });
}

const headLength = 8;

/** One walk over a text for all needles, however many they are: what browsers receive is tens of megabytes. */
function searchFor(needles: readonly string[]): (text: string) => Set<string> {
  const byHead = Map.groupBy(needles, (needle) => needle.slice(0, headLength));
  const begins = new Uint8Array(2 ** 16);
  for (const needle of needles) begins[mixOf(needle, 0)] = 1;
  return (text) => {
    const found = new Set<string>();
    for (let at = 0; at + headLength <= text.length; at += 1) {
      if (begins[mixOf(text, at)] === 0) continue;
      for (const needle of byHead.get(text.slice(at, at + headLength)) ?? []) {
        if (text.startsWith(needle, at)) found.add(needle);
      }
    }
    return found;
  };
}

/** Of four characters, so that most places need no second look. */
const mixOf = (text: string, at: number): number =>
  (text.charCodeAt(at) * 29_791 +
    text.charCodeAt(at + 1) * 961 +
    text.charCodeAt(at + 2) * 31 +
    text.charCodeAt(at + 3)) &
  0xffff;

const isText = (bytes: Buffer): boolean => Buffer.from(bytes.toString()).equals(bytes);
