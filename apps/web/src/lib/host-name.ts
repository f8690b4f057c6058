/** The name before the first dot, which is what people call a host, and the rest. */
export function splitName(fqdn: string): { short: string; domain: string } {
  const dot = fqdn.indexOf('.');
  return dot === -1 ? { short: fqdn, domain: '' } : { short: fqdn.slice(0, dot), domain: fqdn.slice(dot) };
}
