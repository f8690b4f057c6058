import {
  agentFailure,
  attemptOutcome,
  errorCodes,
  jobStatus,
  pauseReason,
  probeReason,
  runReason,
  runStatus,
  verdict,
  verification,
} from '@patchgate/contracts';
import { agentErrorCodes } from '@patchgate/contracts/agent';
import { expect, test } from 'vitest';
import { readDocument } from './document.js';

/** The codes that have a row of their own, where a row says something in each of its cells. */
function explained(file: string, heading: string): string[] {
  const { text } = readDocument(file);
  const [, section = ''] = text.split(new RegExp(`^## ${heading}$`, 'm'));
  const rows = (section.split(/^## /m)[0] ?? '').matchAll(/^\| `(\w+)` +\|(.*)\|$/gm);
  return [...rows]
    .filter(([, , rest = '']) => rest.split('|').every((cell) => cell.trim() !== ''))
    .map(([, code = '']) => code);
}

const reasons = 'docs/operations/troubleshooting.md';
const concepts = 'docs/concepts.md';

test.each<[string, string, readonly string[]]>([
  [reasons, 'Reasons of runs', [...runReason.options, ...pauseReason.options]],
  [reasons, 'Reasons of checks', probeReason.options],
  [reasons, 'Reasons of agents', agentFailure.options],
  [reasons, 'Answers of the agent', Object.keys(agentErrorCodes)],
  [reasons, 'Codes of the API', errorCodes],
  [concepts, 'Jobs and runs', [...runStatus.options, ...jobStatus.options]],
  [concepts, 'The gate', verdict.options],
  [concepts, 'Verification', verification.options],
])('%s explains each code of "%s", and none that there is not', (file, heading, codes) => {
  expect(explained(file, heading).sort()).toEqual([...codes].sort());
});

test('the concepts name every outcome of an attempt', () => {
  const { text } = readDocument(concepts);
  expect(attemptOutcome.options.filter((outcome) => !text.includes(`\`${outcome}\``))).toEqual([]);
});
