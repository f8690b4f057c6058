import type { Clock } from '@patchgate/service-health';
import { writeDurably } from '../platform/durable-file.js';
import type { Logger } from '../platform/logger.js';
import { parseRevocationList } from '../tls/revocation-list.js';
import type { Trust } from '../tls/trust.js';
import { callManager, ManagerUnreachable } from './call-manager.js';

interface UpdateOptions {
  readonly managerUrl: string;
  readonly trust: Trust;
  readonly clock: Clock;
  readonly log: Logger;
}

const DAY_MS = 86_400_000;
const RETRY_MS = 5 * 60_000;

/** Fetches the list of revoked certificates at the start and every day; after a failure sooner. */
export class RevocationUpdates {
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(private readonly options: UpdateOptions) {}

  /** Rejects never: what goes wrong is said in the log, and the old list stays in force. */
  async run(): Promise<void> {
    let nextMs = DAY_MS;
    try {
      await this.#update();
    } catch (error) {
      nextMs = RETRY_MS;
      this.options.log.warn({ err: error }, 'list of revoked certificates not updated');
    }
    if (!this.#isStopped) this.#timer = setTimeout(() => void this.run(), nextMs).unref();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  async #update(): Promise<void> {
    const { managerUrl, trust, log } = this.options;
    const url = new URL('/api/v1/pki/crl.pem', managerUrl);
    const authorities = trust.identity.authorities;
    const { status, text } = await callManager({ url, authorities: authorities.map(String) });
    if (status !== 200) throw new ManagerUnreachable(`${url.href} answered ${status}`);
    const list = await parseRevocationList(text, authorities);
    if (trust.list !== null && list.issuedAt < trust.list.issuedAt) {
      throw new ManagerUnreachable('the list is older than the one in force');
    }
    await writeDurably(trust.files.revoked, text, 0o644);
    await trust.readList();
    log.info({ revoked: list.serials.size, nextAt: list.nextAt }, 'list of revoked certificates updated');
  }
}
