import type { RunDetailView } from '@patchgate/contracts';
import { isInFlight, isUndispatched } from '@patchgate/domain';
import { reasonInShort, whatHappensNext, whatItMeans, whatToDo } from '../../lib/run-reasons.js';
import { regressedOf } from './run-words.js';

interface RunNoteWords {
  tone: 'plain' | 'wait' | 'bad';
  lead: string;
  rest: string;
}

const joined = (...parts: (string | null | undefined | false)[]): string =>
  parts.filter((part) => typeof part === 'string' && part !== '').join(' ');

const sentence = (text: string | null): string =>
  text === null || text === '' ? '' : `${text.replace(/\.$/, '')}.`;

/** Of a run as it is; null where its cards say it all. */
export function noteOf(run: RunDetailView, isPaused: boolean): RunNoteWords | null {
  if (run.resolution !== null) {
    const { outcome, by, reason } = run.resolution;
    return { tone: 'plain', lead: `${by} says that it ${outcome}.`, rest: sentence(reason) };
  }
  if (isUndispatched(run.status)) return beforeOrder(run, isPaused);
  if (isInFlight(run.status)) return atAgent(run);
  return ended(run);
}

function beforeOrder(run: RunDetailView, isPaused: boolean): RunNoteWords | null {
  if (run.cancel_requested_at !== null) {
    return { tone: 'wait', lead: 'This host is being skipped.', rest: 'Its run ends unpatched in a moment.' };
  }
  if (isPaused) {
    return { tone: 'wait', lead: 'The job is paused.', rest: whatHappensNext('job_paused', run.status) };
  }
  if (run.override !== null) {
    const { by, reason } = run.override;
    return { tone: 'wait', lead: `${by} has overridden the gate.`, rest: sentence(reason) };
  }
  // What a check says stands beside that check.
  if (run.reason === null || run.reason === 'check_failed') return null;
  return {
    tone: run.reason === 'rights_lost' || run.reason === 'check_error' ? 'wait' : 'plain',
    lead: `${reasonInShort(run.reason)}.`,
    rest: joined(sentence(run.detail), whatHappensNext(run.reason, run.status), whatToDo(run.reason)),
  };
}

function atAgent(run: RunDetailView): RunNoteWords | null {
  if (run.cancel_requested_at !== null) {
    return {
      ...{ tone: 'wait', lead: 'The agent is asked to stop.' },
      rest: 'Its answer decides: a package system at work is never interrupted.',
    };
  }
  if (run.override === null) return null;
  return {
    tone: 'plain',
    lead: `${run.override.by} overrode the gate.`,
    rest: sentence(run.override.reason),
  };
}

function ended(run: RunDetailView): RunNoteWords | null {
  const { status, reason } = run;
  if (status === 'cancelled') {
    const by = run.actors.cancelled_by?.name;
    const lead = by === undefined ? 'This host was skipped.' : `Skipped by ${by}.`;
    return { tone: 'plain', lead, rest: 'It was not patched by this job, which is no failure.' };
  }
  if (status === 'succeeded') return succeeded(run);
  if (reason === null) return null;
  if (reason === 'regressed') {
    const { count, of } = regressedOf(run);
    return {
      tone: 'bad',
      lead: `${count} of ${of} checks ${count === 1 ? 'was' : 'were'} healthy before the patch and ${count === 1 ? 'is' : 'are'} not after it.`,
      rest: joined('This run counts as a failure of the roll-out.', whatToDo(reason)),
    };
  }
  return {
    tone: status === 'failed' ? 'bad' : 'wait',
    lead: whatItMeans(reason),
    rest: joined(sentence(run.detail), whatHappensNext(reason, status), whatToDo(reason)),
  };
}

function succeeded({
  verification,
  reboot,
  overran_by_seconds: overran,
}: RunDetailView): RunNoteWords | null {
  if (verification === 'none') {
    return {
      ...{ tone: 'wait', lead: 'Patched, and not verified.' },
      rest: 'The host has no check that could say whether it is as healthy as before. Add one.',
    };
  }
  if (verification === 'pre_existing') {
    const rest =
      'It was let through although a check was red, and that check still is. Nothing that passed before fails now.';
    return { tone: 'wait', lead: 'A check fails before and after the patch.', rest };
  }
  if (reboot === 'not_allowed') {
    return {
      ...{ tone: 'wait', lead: 'The host needs a reboot.' },
      rest: 'This job does not allow reboots, so what needs one is installed and not running yet.',
    };
  }
  if (overran !== null && overran > 0) {
    const rest = `It worked for ${Math.ceil(overran / 60)} min beyond the close of its window, because a package system is never interrupted.`;
    return { tone: 'wait', lead: 'The patch overran its window.', rest };
  }
  return null;
}
