import { Inject, Injectable } from '@nestjs/common';
import { TlsTrust } from '@patchgate/dial';
import { Clock } from '../../platform/clock/clock.js';
import { Logger } from '../../platform/logger/logger.js';
import { AgentTrust } from './agent-trust.js';
import type { TrustMaterial } from './agent-trust.js';

/** How long a renewed certificate of ours, or a revoked one of an agent, may go unnoticed. */
const keptMs = 15_000;

interface Made {
  readonly material: TrustMaterial;
  readonly trust: TlsTrust;
}

/** The trust of this process, the same object for as long as what it is made of is the same. */
@Injectable()
export class CurrentTrust {
  #made: Made | null = null;
  #askedAtMs = -Infinity;
  #asking: Promise<TlsTrust> | null = null;

  constructor(
    @Inject(AgentTrust) private readonly source: Pick<AgentTrust, 'current'>,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** @throws what the source throws, while there has never been any */
  async get(): Promise<TlsTrust> {
    if (this.#made && this.clock.monotonicMs() - this.#askedAtMs < keptMs) return this.#made.trust;
    this.#asking ??= this.#ask().finally(() => (this.#asking = null));
    return this.#asking;
  }

  async #ask(): Promise<TlsTrust> {
    try {
      const material = await this.source.current();
      if (!this.#made || !isSame(this.#made.material, material))
        this.#made = { material, trust: make(material) };
    } catch (error) {
      // A database that is away is no reason to stop asking agents with what still holds.
      if (!this.#made) throw error;
      this.logger.warn({ err: error }, 'the certificate for agents could not be looked up');
    }
    this.#askedAtMs = this.clock.monotonicMs();
    return this.#made.trust;
  }
}

const make = ({ authorities, cert, key, revoked }: TrustMaterial): TlsTrust =>
  new TlsTrust({ roots: authorities, client: { cert, key }, revoked, minVersion: 'TLSv1.3' });

const isSame = (a: TrustMaterial, b: TrustMaterial): boolean => textOf(a) === textOf(b);

const textOf = ({ authorities, cert, key, revoked }: TrustMaterial): string =>
  [...authorities, cert, key, ...revoked].join('\n');
