import type { JobRequest } from '@patchgate/contracts';

const mostNamed = 3;
const longest = 100;

/**
 * A name for an order without one. Neither hosts nor groups are in it: whoever reaches one host of a job reads its name,
 * and is not to learn of the others.
 */
export function orderName({ selection, packages = [] }: JobRequest, now: Date): string {
  const day = now.toISOString().slice(0, 10);
  switch (selection) {
    case 'all':
      return `All patches, ${day}`;
    case 'security':
      return `Security patches, ${day}`;
    case 'named': {
      const shown = packages.slice(0, mostNamed).join(', ');
      const rest = packages.length > mostNamed ? ` and ${packages.length - mostNamed} more` : '';
      return cut(`${shown}${rest}`, `, ${day}`);
    }
  }
}

/** The name of a job that tries the failed hosts of another again. */
export const retryName = (name: string): string => cut(name, ' (again)');

function cut(text: string, end: string): string {
  const room = longest - end.length;
  return text.length > room ? `${text.slice(0, room - 1)}…${end}` : `${text}${end}`;
}
