/** Who asks agents about services: a `ServiceProbe` of packages/probes, bound where the agents are. */
export const SERVICE_PROBE = Symbol('SERVICE_PROBE');
