import { spawn } from 'node:child_process';
import { isCommands } from './document.js';
import type { Document } from './document.js';

export interface RunOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** When the person gives up: the commands end, and what they wait for. */
  readonly signal: AbortSignal;
  /** What stands in a document, and what it is here. */
  readonly replaced: Readonly<Record<string, string>>;
  /** Of whose blocks; without it of those that are not marked. */
  readonly mark?: string;
}

export interface Outcome {
  /** Null when all commands ended with 0, else where it stopped and what was said. */
  readonly failure: string | null;
  /** What each block wrote to standard output that was to write something else; by its line. */
  readonly surprises: readonly { line: number; expected: string; written: string }[];
}

/**
 * Runs the commands of a document as a person does who types one block after the other into one shell, and stops at the
 * first that fails. A block of `output` right after one says what is written; `…` stands for anything.
 */
export async function runCommands(document: Document, options: RunOptions): Promise<Outcome> {
  const { replaced, mark = null } = options;
  const here = (text: string): string =>
    Object.entries(replaced).reduce((changed, [known, actual]) => changed.replaceAll(known, actual), text);
  const typed = document.blocks.filter((block) => isCommands(block) && block.mark === mark);
  const script = typed.map(({ line, text }) => `printf '\\n@line %d@\\n' ${line}\n${here(text)}\n`).join('');
  const { code, written, said } = await runBash(`set -euo pipefail\n${script}`, options);

  const byLine = new Map(
    [...written.matchAll(/^@line (\d+)@\n((?:(?!^@line \d+@$)[^])*)/gm)].map(([, line, text = '']) => [
      Number(line),
      text,
    ]),
  );
  const last = [...byLine.keys()].at(-1) ?? 0;
  const failure =
    code === 0 ? null : `${document.file}:${last} ended with ${code}:\n${byLine.get(last) ?? ''}\n${said}`;
  const surprises = document.blocks.flatMap((block, index) => {
    const before = document.blocks[index - 1];
    if (block.language !== 'output' || before?.mark !== null || !isCommands(before)) return [];
    const text = byLine.get(before.line) ?? '';
    const expected = here(block.text);
    return patternOf(expected).test(text) ? [] : [{ line: block.line, expected, written: text }];
  });
  return { failure, surprises };
}

const patternOf = (text: string): RegExp => {
  const parts = text.split('…').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^]*?')}\\s*$`);
};

async function runBash(script: string, { cwd, env, signal }: Pick<RunOptions, 'cwd' | 'env' | 'signal'>) {
  const shell = spawn('bash', ['-s'], { cwd, env, stdio: ['pipe', 'pipe', 'pipe'], detached: true });
  // A group of its own: a shell that ends leaves the command that it waits for.
  const giveUp = () => shell.pid !== undefined && process.kill(-shell.pid, 'SIGKILL');
  signal.addEventListener('abort', giveUp);
  const output = { written: '', said: '' };
  shell.stdout.setEncoding('utf8').on('data', (text: string) => (output.written += text));
  shell.stderr.setEncoding('utf8').on('data', (text: string) => (output.said += text));
  // Read as a file is: a command that reads its own input must not eat the commands after it.
  shell.stdin.end(`eval "$(cat <<'END_OF_DOCUMENT'\n${script}\nEND_OF_DOCUMENT\n)" < /dev/null\n`);
  const code = await new Promise<number | null>((resolve, reject) => {
    shell.once('error', reject);
    shell.once('close', resolve);
  });
  signal.removeEventListener('abort', giveUp);
  return { code, ...output };
}
