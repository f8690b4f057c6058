import type { ProbeContext } from './attempt.js';
import { probeFastcgi } from './fastcgi-probe.js';
import type { FastcgiCheck } from './fastcgi-probe.js';
import { probeHttp } from './http-probe.js';
import type { HttpCheck } from './http-probe.js';
import type { ProbeResult } from './probe-result.js';
import type { ServiceCheck, ServiceProbe } from './service-probe.js';
import { probeTcp } from './tcp-probe.js';
import type { TcpCheck } from './tcp-probe.js';

/** What can be probed, with everything a probe needs to know of it. */
export type ProbeTarget = HttpCheck | TcpCheck | FastcgiCheck | ServiceCheck;

/** The probes of a process, under one policy, one deadline and one set of permits. */
export class Prober {
  constructor(
    readonly context: ProbeContext,
    private readonly services: ServiceProbe,
  ) {}

  /**
   * Probes once, over a connection of its own.
   *
   * @returns within the deadline of the context; a failing target is a result
   * @throws what is no failure of the target but a defect of ours
   */
  probe(target: ProbeTarget): Promise<ProbeResult> {
    switch (target.type) {
      case 'http':
        return probeHttp(target, this.context);
      case 'tcp':
        return probeTcp(target, this.context);
      case 'fastcgi':
        return probeFastcgi(target, this.context);
      case 'service':
        return this.services.probe(target);
    }
  }
}
