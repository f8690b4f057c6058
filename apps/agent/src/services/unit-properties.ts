/** Of a unit, what is asked of systemd; the names are those of `systemctl show`. */
export const unitProperties = [
  'Id',
  'Description',
  'LoadState',
  'ActiveState',
  'SubState',
  'UnitFileState',
  'MainPID',
  'Type',
  'RemainAfterExit',
  'TriggeredBy',
] as const;
type UnitProperty = (typeof unitProperties)[number];
export type Unit = Readonly<Record<UnitProperty, string>>;

/** Reads `systemctl show` of several units: `Name=value` lines, an empty line between two units. */
export function parseUnits(text: string): readonly Unit[] {
  return text
    .trim()
    .split(/\n\n+/)
    .filter((part) => part !== '')
    .map(parseUnit);
}

function parseUnit(text: string): Unit {
  const found = new Map(
    text.split('\n').map((line) => {
      const at = line.indexOf('=');
      return [line.slice(0, at), line.slice(at + 1)] as const;
    }),
  );
  const entries = unitProperties.map((name) => [name, found.get(name) ?? ''] as const);
  return Object.fromEntries(entries) as Record<UnitProperty, string>;
}
