import { closeSync, openSync, writeSync } from 'node:fs';

/** What really happened on a simulated host. */
export interface Deed {
  readonly host_id: string;
  readonly deed:
    | 'transaction_started'
    | 'transaction_ended'
    | 'rebooted'
    | 'order_received'
    | 'order_refused'
    | 'acknowledged';
  /** The id of the run or job. */
  readonly id: string;
  readonly detail?: string;
}

/**
 * Everything that really happened, one line each, in one write each: whoever wants to know whether something was done
 * twice asks here and no database of the manager.
 */
export class Ledger {
  readonly #file: number;

  constructor(path: string) {
    this.#file = openSync(path, 'a');
  }

  add(deed: Deed): void {
    writeSync(this.#file, `${JSON.stringify({ at: new Date().toISOString(), ...deed })}\n`);
  }

  close(): void {
    closeSync(this.#file);
  }
}
