import { idOf, oneOf, textOf } from '../../lib/search-params.js';

const views = ['board', 'list'] as const;

const kinds = ['maintenance', 'blackout'] as const;

export interface WindowSearch {
  q?: string | undefined;
  kind?: (typeof kinds)[number] | undefined;
  group?: string | undefined;
  view?: (typeof views)[number] | undefined;
  /** `YYYY-MM-DD`, of the board; today without it. */
  day?: string | undefined;
  /** IANA, of the board; the viewer's own without it. */
  zone?: string | undefined;
  dialog?: 'maintenance' | 'blackout' | undefined;
}

const isDay = (text: string): boolean =>
  /^2[01]\d{2}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00Z`));

export function parseWindowSearch(raw: Record<string, unknown>): WindowSearch {
  const day = textOf(raw.day);
  return {
    q: textOf(raw.q),
    kind: oneOf(kinds, raw.kind),
    group: idOf(raw.group),
    view: oneOf(views, raw.view),
    day: day !== undefined && isDay(day) ? day : undefined,
    zone: textOf(raw.zone),
    dialog: oneOf(kinds, raw.dialog),
  };
}
