import type { EnrollmentView } from '@patchgate/contracts';

type Collision = EnrollmentView['collisions'][number];

const sameOf: Record<Collision['field'], string> = {
  fqdn: 'the same name',
  address: 'the same address and port',
  machine_id: 'the same machine id',
};

/** `Host web-01.example.org has the same machine id: …`, one line for each that collides. */
export interface CollisionWords {
  readonly id: string;
  readonly fqdn: string;
  readonly isHost: boolean;
  readonly same: string;
  /** What it means for the decision. */
  readonly so: string;
}

/** One entry for each host or request that has something in common, hosts first. */
export function collisionWords(collisions: readonly Collision[]): CollisionWords[] {
  const byObject = Map.groupBy(collisions, ({ with: kind, id }) => `${kind} ${id}`);
  return [...byObject.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const fields = group.map(({ field }) => field);
    return {
      id: first.id,
      fqdn: first.fqdn,
      isHost: first.with === 'host',
      same: fields.map((field) => sameOf[field]).join(' and '),
      so: consequence(first.with, fields),
    };
  });
}

function consequence(kind: Collision['with'], fields: readonly Collision['field'][]): string {
  if (kind === 'host' && fields.some((field) => field !== 'machine_id')) {
    return 'It cannot be approved while that host is there.';
  }
  if (fields.includes('machine_id')) {
    return 'One is a copy of the other’s disk, or pretends to be it.';
  }
  return 'At most one of the two can be approved.';
}

/** `debian 12, kernel 6.1.0-30-amd64`; null where the agent did not say. */
export function systemWords({ os, os_version: version, kernel }: EnrollmentView): string | null {
  const system = [os, version].filter((part) => part !== null).join(' ');
  const words = [system, kernel === null ? '' : `kernel ${kernel}`].filter((part) => part !== '');
  return words.length === 0 ? null : words.join(', ');
}
