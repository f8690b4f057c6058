import { jobRequest } from '@patchgate/contracts';
import type { JobPreviewView, JobRequest } from '@patchgate/contracts';
import { emptyDraft } from '../../lib/deploy-draft.js';
import type { DeployDraft } from '../../lib/deploy-draft.js';
import { errorsOfIssues } from '../../lib/form-errors.js';
import type { DeployStep } from './deploy-search.js';

export const draftFields = Object.keys(emptyDraft);

export type FieldErrors = Readonly<Record<string, string>>;

interface Checked {
  /** Null while something in the draft cannot be ordered. */
  request: JobRequest | null;
  errors: FieldErrors;
}

/** What the draft orders, checked by the contract before anything is asked of the server. */
export function checkDraft(draft: DeployDraft): Checked {
  const parsed = jobRequest.safeParse(bodyOf(draft));
  if (parsed.success) return { request: parsed.data, errors: {} };
  const { fields } = errorsOfIssues(parsed.error.issues, draftFields);
  return { request: null, errors: { ...fields, ...ownWords(draft) } };
}

function bodyOf(draft: DeployDraft): unknown {
  const {
    name,
    selection,
    packages,
    schedule,
    deadline_minutes: deadline,
    batch_size: size,
    ...rest
  } = draft;
  return {
    ...rest,
    name: name.trim() === '' ? null : name,
    selection,
    ...(selection === 'named' && { packages }),
    schedule,
    ...(schedule === 'now' && { deadline_minutes: numberOf(deadline) }),
    canary: numberOf(draft.canary),
    batch_size: size.trim() === '' ? null : numberOf(size),
    max_in_flight: numberOf(draft.max_in_flight),
    max_failures: numberOf(draft.max_failures),
  };
}

/** An empty field is no zero. */
const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));

function ownWords({ host_ids: hosts, group_ids: groups, selection, packages }: DeployDraft): FieldErrors {
  return {
    ...(hosts.length + groups.length === 0 && { host_ids: 'Choose one host or group, or more.' }),
    ...(selection === 'named' && packages.length === 0 && { packages: 'Choose one package or more.' }),
  };
}

/** What the server says makes the whole order impossible, at the fields that could change it. */
export const errorsOfObstacles = (preview: JobPreviewView | undefined): FieldErrors =>
  Object.fromEntries(
    (preview?.obstacles ?? []).map(({ path, message }) => [fieldOf(path), sentence(message)]),
  );

const fieldOf = (path: string): string =>
  draftFields.find((field) => path.split(/[./]/).includes(field)) ?? 'host_ids';

const sentence = (text: string): string => {
  const capitalised = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capitalised) ? capitalised : `${capitalised}.`;
};

const fieldsOfStep: Readonly<Record<DeployStep, readonly string[]>> = {
  hosts: ['host_ids', 'group_ids'],
  packages: ['selection', 'packages', 'exclude'],
  when: ['schedule', 'deadline_minutes'],
  'roll-out': ['canary', 'batch_size', 'max_in_flight', 'max_failures', 'allow_reboot'],
  review: ['name'],
};

/** The first thing that is wrong in a step; null when nothing is. */
export function errorOfStep(step: DeployStep, errors: FieldErrors): string | null {
  const field = fieldsOfStep[step].find((name) => errors[name] !== undefined);
  return field === undefined ? null : (errors[field] ?? null);
}

/** The order without the hosts that would not start: as they are now, and no others that may join a group later. */
export function withoutLeftOut(request: JobRequest, preview: JobPreviewView): JobRequest {
  const leftOut = preview.items.filter(({ outcome }) => outcome === 'will_not_start');
  return leftOut.length === 0
    ? request
    : { ...request, left_out_host_ids: leftOut.map(({ host_id: hostId }) => hostId) };
}
