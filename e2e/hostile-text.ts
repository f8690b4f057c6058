import { endpoints } from '@patchgate/contracts';
import type { Endpoint } from '@patchgate/contracts';

/** What each runs when a page takes it for more than text. */
const call = 'window.ran=(window.ran||0)+1';

const vectors = (n: number): string[] => {
  const mark = `data-hostile="h${n}"`;
  return [
    `<img ${mark} src=x onerror="${call}">`,
    `<svg ${mark} onload="${call}"></svg>`,
    `<script ${mark}>${call}</script>`,
    `<iframe ${mark} srcdoc="<script>parent.${call.slice('window.'.length)}</script>"></iframe>`,
    `<a ${mark} href="javascript:${call}">h${n}</a>`,
    `<details ${mark} open ontoggle="${call}"></details>`,
    `<input ${mark} autofocus onfocus="${call}">`,
    `<video ${mark}><source onerror="${call}"></video>`,
    `<body ${mark} onload="${call}">`,
    `<math><mtext><img ${mark} src=x onerror="${call}"></mtext></math>`,
    `<style ${mark}>@import "javascript:${call}";body{display:none}</style>`,
    `<meta ${mark} http-equiv="refresh" content="0;url=javascript:${call}">`,
    `<object ${mark} data="javascript:${call}"></object>`,
    `<embed ${mark} src="javascript:${call}">`,
    `<form ${mark}><button formaction="javascript:${call}">h${n}</button></form>`,
    `<base ${mark} href="javascript:${call}//">`,
    `<p ${mark} style="animation:x 1s" onanimationstart="${call}">h${n}</p>`,
    `<template ${mark} shadowrootmode=open><img src=x onerror="${call}"></template>`,
    `{{constructor.constructor('${call}')()}}\${${call}} h${n}`,
    `javascript:${call}//h${n}`,
  ];
};

const wayOut = [
  '',
  '">',
  "'>",
  '</script>',
  '</textarea>',
  '</title>',
  '-->',
  ']]>',
  '\u202e\u0000\\u003c',
  '</style>',
];

/** 200: twenty ways to be run, behind ten ways out of where a text may have been put. Each names itself as `[hN]`. */
export const payloads: readonly string[] = wayOut.flatMap((way, index) =>
  vectors(index * 100).map((vector, n) => `${way}${vector} [h${index * 20 + n}]`),
);
/** All in one, the parts that may swallow others last. */
export const joined = payloads.toSorted((a, b) => Number(swallows(a)) - Number(swallows(b))).join(' ');

function swallows(payload: string): boolean {
  return /<(style|template|object|video|form|math)/.test(payload);
}

// The server reads these before it tells them to anybody.
const ours = /\.(time_zone|next_cursor)$/;

const readable = Object.values<Record<string, Endpoint>>(endpoints)
  .flatMap((area) => Object.values(area))
  // Previews are asked for with POST, and change nothing.
  .filter(
    ({ method, path, mediaType }) =>
      (method === 'GET' || path.endsWith('/preview')) && mediaType === undefined,
  )
  .map(({ path, response, example }) => ({
    response,
    example: example.response,
    pattern: new RegExp(`^/api/v1${path.replace(/:\w+/g, '[^/]+')}$`),
  }));

/**
 * Puts payloads into every field of an answer in which its contract takes any text.
 *
 * @param all puts all of them into each field, of lists into the first entry; else each has another one
 */
export function poison(pathname: string, answer: unknown, all: boolean): unknown {
  const found = readable.find(({ pattern }) => pattern.test(pathname));
  const schema = found?.response;
  if (schema === undefined || schema === null) return answer;
  // Of a list that is empty the entries of the documentation, so that no field goes without.
  let poisoned = isEmptyList(answer) ? found?.example : answer;
  for (const field of new Set(fieldsOf(poisoned))) {
    if (ours.test(field)) continue;
    let next = 0;
    const each = () => payloads[next++ % payloads.length] ?? '';
    // In the first entry of a list: in all of them it would be megabytes.
    const allFirst = () => (next === 0 ? `${joined} ${each()}` : each());
    const tries = all ? [allFirst, each] : [each];
    const given = tries
      .map((text) => replaceField(poisoned, field, text))
      .find((candidate) => schema.safeParse(candidate).success);
    poisoned = given ?? poisoned;
  }
  return poisoned;
}

const isEmptyList = (answer: unknown): boolean =>
  (answer as { items?: unknown[] } | null)?.items?.length === 0;

/** The places of all texts, those of the entries of a list counted as one. */
function fieldsOf(value: unknown, at = ''): string[] {
  if (typeof value === 'string') return [at];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    fieldsOf(inner, `${at}.${Array.isArray(value) ? '*' : key}`),
  );
}

function replaceField(value: unknown, field: string, text: () => string, at = ''): unknown {
  if (typeof value === 'string') return at === field ? text() : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((inner) => replaceField(inner, field, text, `${at}.*`));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, replaceField(inner, field, text, `${at}.${key}`)]),
  );
}
