/** A LIKE pattern that matches the text anywhere, taking its own wildcards literally. */
export const containsPattern = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
