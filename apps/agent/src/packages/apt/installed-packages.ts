const SEPARATOR = '\t';
const FIELDS = [
  '${binary:Package}',
  '${db:Status-Abbrev}',
  '${Version}',
  '${Installed-Size}',
  '${Depends}',
  '${binary:Summary}',
] as const;

/** For `dpkg-query --showformat`. */
export const installedFormat = `${FIELDS.join('\\t')}\\n`;

export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  readonly isHeld: boolean;
  readonly sizeBytes: number | null;
  readonly dependencies: readonly string[];
  readonly summary: string;
}

/**
 * Reads `dpkg-query --show` in that format; packages of which nothing but configuration is left are passed over.
 *
 * @param native the host's own architecture, which apt leaves out of names and dpkg sometimes does not
 */
export function parseInstalled(text: string, native: string): readonly InstalledPackage[] {
  return text.split('\n').flatMap((line) => {
    const [name, status = '', version, size, depends = '', ...summary] = line.split(SEPARATOR);
    if (name === undefined || version === undefined || status[1] === 'n' || status[1] === 'c') return [];
    const kibibytes = Number(size);
    return {
      name: name.endsWith(`:${native}`) ? name.slice(0, -native.length - 1) : name,
      version,
      isHeld: status.startsWith('h'),
      sizeBytes: size !== '' && Number.isInteger(kibibytes) ? kibibytes * 1024 : null,
      dependencies: parseDependencies(depends),
      summary: summary.join(SEPARATOR),
    };
  });
}

/** The names alone, alternatives too; each once. */
function parseDependencies(text: string): readonly string[] {
  const names = text.split(/[,|]/).map((part) => part.trim().split(/[ (:]/, 1)[0] ?? '');
  return [...new Set(names.filter((name) => name !== ''))];
}
