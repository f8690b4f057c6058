import { idOf, oneOf, textOf } from '../../lib/search-params.js';

/** What the log is about; the server takes any text, the page offers what exists. */
export const objectTypes = ['host', 'group', 'user'] as const;
export type ObjectType = (typeof objectTypes)[number];

export interface AuditSearch {
  q?: string | undefined;
  type?: ObjectType | undefined;
  object?: string | undefined;
  actor?: string | undefined;
}

export const parseAuditSearch = (raw: Record<string, unknown>): AuditSearch => ({
  q: textOf(raw.q),
  type: oneOf(objectTypes, raw.type),
  object: idOf(raw.object),
  actor: idOf(raw.actor),
});
