export type { ProbeContext } from './attempt.js';
export { probeFastcgi } from './fastcgi-probe.js';
export type { FastcgiCheck } from './fastcgi-probe.js';
export { probeHttp } from './http-probe.js';
export type { HttpCheck } from './http-probe.js';
export type { ProbeResult } from './probe-result.js';
export { probeTcp } from './tcp-probe.js';
export type { TcpCheck } from './tcp-probe.js';
export { WorkPermits } from './work-permits.js';
