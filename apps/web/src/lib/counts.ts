const grouped = new Intl.NumberFormat('en-GB');

/** `12,480` */
export const formatCount = (count: number): string => grouped.format(count);

/** `1 host`, `1,248 hosts` */
export const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

/** `93.8 %`; nothing of nothing is no share, so it is an empty string. */
export const formatShare = (part: number, whole: number): string =>
  whole === 0 ? '' : `${(Math.round((1000 * part) / whole) / 10).toString()} %`;
