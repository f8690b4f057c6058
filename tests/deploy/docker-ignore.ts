/**
 * What `.dockerignore` keeps out of an image: the last pattern that fits a path or a folder above it decides, as Docker
 * describes it.
 */
export function dockerIgnore(text: string): (file: string) => boolean {
  const rules = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({
      isKept: line.startsWith('!'),
      pattern: toPattern(line.replace(/^!/, '')),
    }));
  return (file) => {
    const parts = file.split('/');
    const paths = parts.map((_part, index) => parts.slice(0, index + 1).join('/'));
    const last = rules.findLast(({ pattern }) => paths.some((candidate) => pattern.test(candidate)));
    return last !== undefined && !last.isKept;
  };
}

function toPattern(glob: string): RegExp {
  const source = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(
      /\*\*\/|\*\*|\*|\?/g,
      (wild) => ({ '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' })[wild]!,
    );
  return new RegExp(`^${source}$`);
}
