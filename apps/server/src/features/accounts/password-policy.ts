import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

const minLength = 15;
/** Below 10^10 guesses a stolen hash falls to one graphics card within days, whatever the hash. */
const minGuessesLog10 = 10;
/** What must be left of a password without the words of this installation. */
const minOwnCharacters = 8;
// Estimating is superlinear in the length, and more than this adds nothing to the answer.
const estimatedLength = 100;

const estimator = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });

/**
 * Why a password is refused, or null when it is good (SEC-L4): long, and neither a common password nor made of words an
 * attacker of this installation would try first. There are no rules of composition.
 *
 * @param context words that belong to the person or the product
 */
export function passwordRefusal(password: string, context: readonly string[]): string | null {
  const length = Array.from(password).length;
  if (length < minLength) return `must have at least ${minLength} characters; this has ${length}`;
  const words = [...context, 'patchgate'];
  if (ownCharacters(password, words) < minOwnCharacters) {
    return 'is too easy to guess: it is made of your own name or the name of the product';
  }
  const { guessesLog10, sequence } = estimator.check(password.slice(0, estimatedLength), [
    ...context,
    'patchgate',
  ]);
  if (guessesLog10 >= minGuessesLog10) return null;
  const weakest = sequence.find(({ pattern }) => pattern === 'dictionary' || pattern === 'repeat');
  return weakest
    ? 'is too easy to guess: it is made of common words or repetitions'
    : 'is too easy to guess: it follows a simple pattern';
}

function ownCharacters(password: string, words: readonly string[]): number {
  const rest = words
    .filter((word) => word.length > 2)
    .reduce((left, word) => left.replaceAll(word.toLowerCase(), ''), password.toLowerCase());
  return rest.replace(/[\s\p{P}]/gu, '').length;
}
