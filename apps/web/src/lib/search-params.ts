// The router lays what a page makes of an address over the raw one: a key that a page's parser leaves out comes through
// unchecked. So every parser names every key it knows, with undefined for what is not allowed.

type Search = Readonly<Record<string, unknown>>;

/** Addresses stay plain text (`?q=10.2&health=none`): every value is a string, and each page checks its own. */
export const parseSearch = (query: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(query));

export function stringifySearch(search: Search): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (typeof value === 'string' && value !== '') params.set(name, value);
  }
  return params.size === 0 ? '' : `?${params.toString()}`;
}

/** The value when it is one of those allowed; an address typed by hand may say anything. */
export function oneOf<Value extends string>(allowed: readonly Value[], value: unknown): Value | undefined {
  return allowed.find((candidate) => candidate === value);
}

export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.slice(0, 200) : undefined;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const idOf = (value: unknown): string | undefined =>
  typeof value === 'string' && uuid.test(value) ? value : undefined;
