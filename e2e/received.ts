import type { Page } from '@playwright/test';
import { appendFileSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

const directory = path.resolve(import.meta.dirname, '../.cache/e2e/received');
const file = path.join(directory, `${process.pid}.txt`);

/** What was received before is not kept once more: pages ask again and again. */
const seen = new Set<string>();

/** Forgets what browsers received in an earlier run. */
export function forgetReceived(): void {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
}

/** Keeps every answer of the api that a page gets, with its address and headers, to be searched at the end of the run. */
export function keepReceived(page: Page): void {
  // A test that runs alone has nobody before it who made it.
  mkdirSync(directory, { recursive: true });
  page.on('response', (response) => {
    const url = new URL(response.url());
    if (!url.pathname.startsWith('/api/')) return;
    const method = response.request().method();
    const head = `${method} ${response.url()} ${JSON.stringify(response.headers())}`;
    const isStream = url.pathname.endsWith('/events');
    // The one answer each that is there to show a secret.
    const isShownOnce = method === 'POST' && /\/(api|enrollment)-tokens$/.test(url.pathname);
    if (isStream || isShownOnce) {
      appendFileSync(file, `${head}\n`);
      return;
    }
    // A page that went on before its answer was read has not shown it either; the server's logs have the request.
    response.text().then(
      (body) => {
        appendFileSync(file, seen.has(body) ? `${head}\n` : `${head}\n${body}\n`);
        seen.add(body);
      },
      () => appendFileSync(file, `${head}\n`),
    );
  });
}

/**
 * Follows the live stream of an administrator, which tells at least what every browser is told at the same time.
 *
 * @returns how to end it
 */
export function keepStream(origin: string, token: string): () => Promise<void> {
  const leave = new AbortController();
  const following = (async () => {
    const headers = { authorization: `Bearer ${token}` };
    const { body } = await fetch(`${origin}/api/v1/events`, { headers, signal: leave.signal });
    if (body === null) throw new Error('the live stream has no body');
    for await (const chunk of body as AsyncIterable<Uint8Array>) appendFileSync(file, chunk);
  })();
  return async () => {
    leave.abort();
    await following.catch((error: unknown) => {
      if (!leave.signal.aborted) throw error;
    });
  };
}

export const readReceived = (): { name: string; text: string }[] =>
  readdirSync(directory).map((name) => ({
    name: `what browsers received (${name})`,
    text: readFileSync(path.join(directory, name), 'utf8'),
  }));
