/**
 * `fqdn web-01, agent_port 12443`: the details of an entry in one line; nested values as JSON. Ids are left to the
 * dialog: they fill the line and say nothing to a reader.
 */
export function detailLine(details: Readonly<Record<string, unknown>>): string {
  return Object.entries(details)
    .filter(([name]) => !/_ids?$/.test(name))
    .map(([name, value]) => `${name} ${valueText(value)}`)
    .join(', ');
}

export const valueText = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);
