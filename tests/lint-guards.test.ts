import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';

const repository = path.resolve(import.meta.dirname, '..');
const fixtures = path.join(import.meta.dirname, 'lint-fixtures');
// The fixtures stand in for files with another text, which a parser that takes the disk for the truth (as it does where
// the environment says CI) would not notice.
const eslint = new ESLint({
  cwd: repository,
  overrideConfig: { languageOptions: { parserOptions: { disallowAutomaticSingleRunInference: true } } },
});

/** Lints a fixture as if it were the text of a file that the real configuration knows. */
async function rulesBroken(fixture: string, as: string): Promise<(string | null)[]> {
  const text = readFileSync(path.join(fixtures, fixture), 'utf8');
  const [result] = await eslint.lintText(text, { filePath: path.join(repository, as) });
  return result!.messages.map(({ ruleId }) => ruleId);
}

const expected: Readonly<Record<string, string>> = {
  'clock-date-now.ts': 'no-restricted-syntax',
  'clock-new-date.ts': 'no-restricted-syntax',
  'console.ts': 'no-console',
  'default-export.ts': 'no-restricted-syntax',
  'floating-promise.ts': '@typescript-eslint/no-floating-promises',
  'non-exhaustive-switch.ts': '@typescript-eslint/switch-exhaustiveness-check',
  'process-global.ts': 'no-restricted-globals',
  'process-module.ts': '@typescript-eslint/no-restricted-imports',
  'randomness.ts': 'no-restricted-syntax',
  'socket-fetch.ts': 'no-restricted-globals',
  'socket-http.ts': '@typescript-eslint/no-restricted-imports',
  'socket-net.ts': '@typescript-eslint/no-restricted-imports',
  'socket-tls.ts': '@typescript-eslint/no-restricted-imports',
};

describe('the lint configuration', { timeout: 60_000 }, () => {
  test('has an expectation for every fixture', () => {
    expect(readdirSync(fixtures)).toEqual(Object.keys(expected));
  });

  test.each(Object.entries(expected))('refuses %s in a package, by %s', async (fixture, rule) => {
    expect(await rulesBroken(fixture, 'packages/domain/src/index.ts')).toContain(rule);
  });

  test.each(Object.entries(expected))('refuses %s in the server, by %s', async (fixture, rule) => {
    expect(await rulesBroken(fixture, 'apps/server/src/supervisor/steps.ts')).toContain(rule);
  });

  test.each(Object.entries(expected))('refuses %s in the agent, by %s', async (fixture, rule) => {
    expect(await rulesBroken(fixture, 'apps/agent/src/system/boot.ts')).toContain(rule);
  });

  // The front is under the very rules of the agent; one of them shows that it is.
  test('refuses a socket in the FastCGI front', async () => {
    const broken = await rulesBroken('socket-net.ts', 'apps/fastcgi-health/src/run-front.ts');
    expect(broken).toContain(expected['socket-net.ts']);
  });

  test('lets tests read the clock and open sockets', async () => {
    const as = 'tests/test-database.ts';
    const broken = await Promise.all(
      ['clock-date-now.ts', 'socket-net.ts', 'socket-fetch.ts'].map((fixture) => rulesBroken(fixture, as)),
    );
    expect(broken.flat()).toEqual([]);
  });
});
