import type { LiveEvent, LiveTopic } from '@patchgate/contracts';
import type { QueryKey } from '@tanstack/react-query';

/** The first part of the key of every query that shows what an event is about. */
const areas: Readonly<Record<Exclude<LiveTopic, 'reset' | 'beat'>, readonly string[]>> = {
  check: ['hosts', 'health-checks', 'overview'],
  host: ['hosts', 'health-checks', 'groups', 'windows', 'deploy', 'overview', 'audit'],
  job: ['jobs', 'deploy', 'overview'],
  run: ['runs', 'jobs', 'deploy', 'overview'],
  log: ['run-log'],
  overview: ['overview', 'groups', 'windows', 'deploy', 'audit'],
  enrolment: ['enrolments', 'enrolment-tokens', 'agent-certificates', 'audit'],
};

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** The ids in these keys are of groups, or of the host whose jobs they list; events of their topics name neither. */
const namesOthers = (key: QueryKey): boolean =>
  key[0] === 'groups' || key[1] === 'of-group' || key[1] === 'of-host';

/**
 * Whether what a query shows may be changed by an event. A key that names objects (`['hosts', 'one', id]`) is concerned
 * when the event names one of them; a key that names none is a list, and always is.
 */
export function isConcerned(event: LiveEvent, key: QueryKey): boolean {
  const { topic, data } = event;
  if (topic === 'reset') return true;
  if (topic === 'beat' || !areas[topic].includes(String(key[0]))) return false;
  if (!('ids' in data) || namesOthers(key)) return true;
  const named = key.filter((part): part is string => typeof part === 'string' && uuid.test(part));
  return named.length === 0 || named.some((id) => data.ids.includes(id));
}
