/** With what this process connects to agents. All in PEM. */
export interface TrustMaterial {
  /** Those that agents' certificates may come from. */
  readonly authorities: readonly string[];
  /** Of the manager, for clients, and its key. */
  readonly cert: string;
  readonly key: string;
  /** What those authorities have revoked. */
  readonly revoked: readonly string[];
}

/** Where the manager's own certificate comes from. */
export abstract class AgentTrust {
  /** What to show and whom to believe from now on; asked again and again, so that a renewal is noticed. */
  abstract current(): Promise<TrustMaterial>;
}
