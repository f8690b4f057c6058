import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';

type Terminal = Pick<NodeJS.Process, 'stdin' | 'stderr'>;

/**
 * A password from standard input: never from the arguments, which every user of the machine can list. A person types it
 * twice, unseen; a program pipes it in, and the newline that ends it does not count.
 *
 * @returns undefined when the two differ
 */
export async function readPassword({ stdin, stderr }: Terminal): Promise<string | undefined> {
  if (!stdin.isTTY) return (await text(stdin)).replace(/\r?\n$/, '');
  const lines = createInterface({ input: stdin, output: new Nowhere(), terminal: true });
  const ask = async (prompt: string) => {
    stderr.write(prompt);
    const answer = await lines.question('');
    stderr.write('\n');
    return answer;
  };
  try {
    const password = await ask('Password: ');
    return (await ask('The same again: ')) === password ? password : undefined;
  } finally {
    lines.close();
  }
}

/** Where the echo of what is typed goes. */
class Nowhere extends Writable {
  override _write(_chunk: unknown, _encoding: string, done: () => void): void {
    done();
  }
}
