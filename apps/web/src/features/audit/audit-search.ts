import { compact, idOf, oneOf, textOf } from '../../lib/search-params.js';

/** What the log is about; the server takes any text, the page offers what exists. */
export const objectTypes = ['host', 'group', 'user'] as const;
export type ObjectType = (typeof objectTypes)[number];

export interface AuditSearch {
  q?: string;
  type?: ObjectType;
  object?: string;
  actor?: string;
}

export const parseAuditSearch = (raw: Record<string, unknown>): AuditSearch =>
  compact({
    q: textOf(raw.q),
    type: oneOf(objectTypes, raw.type),
    object: idOf(raw.object),
    actor: idOf(raw.actor),
  });
