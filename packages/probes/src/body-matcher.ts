import { TextDecoder } from 'node:util';

import { ByteMatcher } from './byte-matcher.js';
import { TextMatcher } from './text-matcher.js';

/** Takes the chunks of a body until it has seen what it looks for. */
export interface BodyMatcher {
  push(chunk: Buffer): boolean;
}

/**
 * A matcher for text in a body of the declared character set (RFC 9110, 8.3.2), UTF-8 where none is declared or nobody
 * knows it. UTF-8 is compared as bytes, which is cheap.
 *
 * @param contentType the header as it came
 */
export function matcherFor(text: string, contentType: string | undefined): BodyMatcher {
  const decoder = decoderFor(/;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType ?? '')?.[1]);
  return decoder.encoding === 'utf-8' ? new ByteMatcher(Buffer.from(text)) : new TextMatcher(text, decoder);
}

function decoderFor(charset: string | undefined): TextDecoder {
  try {
    return new TextDecoder(charset);
  } catch (error) {
    if (error instanceof RangeError) return new TextDecoder();
    throw error;
  }
}
