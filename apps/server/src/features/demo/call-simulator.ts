// eslint-disable-next-line @typescript-eslint/no-restricted-imports -- the demo's own simulator on this machine; no managed host is dialled
import { request } from 'node:http';

const timeoutMs = 5_000;

/**
 * @returns the status of the simulator's answer
 * @throws when there is none
 */
export const callSimulator = (port: number, path: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port, path, method: 'POST', agent: false, timeout: timeoutMs },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      },
    );
    asked.once('timeout', () => asked.destroy(new Error('the simulated hosts do not answer')));
    asked.once('error', reject);
    asked.end();
  });
