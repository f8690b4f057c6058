const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** `Anna Lindqvist` → `AL`, `omar` → `O`; a letter made of several code points stays whole. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s._@-]+/).filter((word) => word !== '');
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return ends
    .map((word) => firstLetter(word ?? ''))
    .join('')
    .toUpperCase();
}

const firstLetter = (word: string): string => graphemes.segment(word).containing(0)?.segment ?? '';
