export type ListenerState =
  | { kind: 'unbound' }
  | { kind: 'bound'; host: string; port: number }
  | { kind: 'bind_failed' }
  | { kind: 'closed' };

/** Knows whether the process's main listener (the API) is bound, for the check `listener`. */
export class ListenerWatch {
  #state: ListenerState = { kind: 'unbound' };

  get state(): ListenerState {
    return this.#state;
  }

  bound(address: { host: string; port: number }): void {
    this.#state = { kind: 'bound', host: address.host, port: address.port };
  }

  bindFailed(): void {
    this.#state = { kind: 'bind_failed' };
  }

  closed(): void {
    this.#state = { kind: 'closed' };
  }
}
