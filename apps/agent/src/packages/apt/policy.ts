/** Where a version can be had from. */
export interface Archive {
  readonly origin: string;
  readonly label: string;
  readonly suite: string;
  readonly codename: string;
}

interface KnownVersion {
  readonly version: string;
  readonly archives: readonly Archive[];
}

export interface PackagePolicy {
  /** As apt writes it: with `:architecture` for those that are not native. */
  readonly name: string;
  readonly installed: string | null;
  readonly candidate: string | null;
  readonly versions: readonly KnownVersion[];
}

/**
 * Reads `apt-cache policy` without a name: each package file with its release, keyed by the words that the version
 * tables name it with.
 */
export function parseArchives(text: string): ReadonlyMap<string, Archive> {
  const archives = new Map<string, Archive>();
  let source: string | null = null;
  for (const line of text.split('\n')) {
    const release = /^ +release (.*)$/.exec(line)?.[1];
    if (release !== undefined && source !== null) archives.set(source, parseRelease(release));
    source = /^ +-?\d+ (\S.*)$/.exec(line)?.[1] ?? source;
  }
  return archives;
}

/** A field's value may hold commas; a comma, a letter and `=` begin the next field. */
function parseRelease(text: string): Archive {
  const fields = new Map(
    text.split(/,(?=[a-z]=)/).map((field) => [field.slice(0, 1), field.slice(2)] as const),
  );
  const field = (letter: string) => fields.get(letter) ?? '';
  return { origin: field('o'), label: field('l'), suite: field('a'), codename: field('n') };
}

/** Reads `apt-cache policy NAME…`. */
export function parsePolicies(
  text: string,
  archives: ReadonlyMap<string, Archive>,
): readonly PackagePolicy[] {
  return text
    .split(/^(?=\S)/m)
    .filter((block) => /^\S+:\n/.test(block))
    .map((block) => parsePolicy(block, archives));
}

function parsePolicy(block: string, archives: ReadonlyMap<string, Archive>): PackagePolicy {
  const versions: { version: string; archives: Archive[] }[] = [];
  for (const line of block.split('\n')) {
    const version = /^ (?:\*\*\*|   ) (\S+) -?\d+(?: \(phased \d+%\))?$/.exec(line)?.[1];
    if (version !== undefined) versions.push({ version, archives: [] });
    const source = /^ {8,}-?\d+ (\S.*)$/.exec(line)?.[1];
    const archive = source === undefined ? undefined : archives.get(source);
    if (archive !== undefined) versions.at(-1)?.archives.push(archive);
  }
  return {
    name: /^(\S+):\n/.exec(block)?.[1] ?? '',
    installed: versionOf(block, 'Installed'),
    candidate: versionOf(block, 'Candidate'),
    versions,
  };
}

function versionOf(block: string, field: string): string | null {
  const version = new RegExp(`^  ${field}: (\\S+)$`, 'm').exec(block)?.[1];
  return version === undefined || version === '(none)' ? null : version;
}
