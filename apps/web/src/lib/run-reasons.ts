import type { RunReasonName, RunStatusName } from '@patchgate/contracts';

interface RunReasonWords {
  /** For a line of a list: a few words. */
  short: string;
  /** What it means: one sentence. */
  means: string;
  /** What happens next to a run that has not ended. */
  waiting: string;
  /** What is true of a run that has ended with it. */
  ended: string;
  /** What a person does about it. */
  todo: string;
}

const untouched = 'The host was not touched.';
const retried = 'The gate is asked again every five minutes until the window closes.';

const words: Record<RunReasonName, RunReasonWords> = {
  outside_window: {
    short: 'Outside its window',
    means: 'The maintenance window of the host is not open, or too near its close to start.',
    waiting: 'It is looked at again when its window opens.',
    ended: `The window closed before the run could start. ${untouched}`,
    todo: 'Look at the windows of the host; a longer one gives the roll-out more time.',
  },
  blackout: {
    short: 'Blackout',
    means: 'A blackout forbids patching this host for now.',
    waiting: 'It goes on when the blackout is over, if its window is still open then.',
    ended: `The blackout lasted until the window closed. ${untouched}`,
    todo: 'Look at the blackouts that cover the host, and order again after them.',
  },
  no_window: {
    short: 'No window',
    means: 'No maintenance window covers this host.',
    waiting: 'It starts only once a window covers it.',
    ended: `There was no window left to start in. ${untouched}`,
    todo: 'Add a maintenance window for the host or one of its groups.',
  },
  check_failed: {
    short: 'A check fails',
    means: 'At least one health check of the host does not pass, so the gate stays shut.',
    waiting: retried,
    ended: `No attempt found every check healthy. ${untouched}`,
    todo: 'Repair what the failing check names, then have the gate asked now instead of waiting.',
  },
  check_error: {
    short: 'Could not ask a check',
    means: 'This server could not ask a check, so nobody knows whether the host is healthy.',
    waiting: retried,
    ended: `The checks could not be asked in time. ${untouched}`,
    todo: 'See whether the agent answers and the network lets this server reach the target of the check.',
  },
  no_checks: {
    short: 'No checks',
    means: 'The host has no health check that could hold a patch back.',
    waiting: 'With the gate set to hold such hosts, it waits until somebody adds a check.',
    ended: 'Nothing was asked before the patch, and nothing was compared after it.',
    todo: 'Add a health check to the host, so that its gate means something.',
  },
  agent_unreachable: {
    short: 'Agent unreachable',
    means: 'The agent on the host does not answer.',
    waiting: 'It is asked again until the window closes.',
    ended: `The agent did not answer while the window was open. ${untouched}`,
    todo: 'See whether the host is up, its agent runs and its port is open.',
  },
  agent_busy: {
    short: 'Agent busy',
    means: 'The agent is at work on something else, or the package system of the host is locked.',
    waiting: 'It is asked again until the window closes.',
    ended: `The agent was busy for as long as the window was open. ${untouched}`,
    todo: 'See what else installs packages on the host, such as unattended upgrades.',
  },
  agent_refused: {
    short: 'Agent refused',
    means: 'The agent does not accept the order.',
    waiting: 'Where a refusal may pass, it is asked again until the window closes.',
    ended: 'The agent did not take the order, so no package was changed.',
    todo: 'Read the words of the agent and its log; its version or its permissions may be the cause.',
  },
  batch_wait: {
    short: 'Waits for its turn',
    means: 'The roll-out has not reached this host yet, or no slot is free.',
    waiting: 'It starts when the batches before it are done and a slot is free.',
    ended: `Its turn did not come before the window closed. ${untouched}`,
    todo: 'Nothing, or order the next job with larger batches or more hosts at once.',
  },
  job_paused: {
    short: 'Job paused',
    means: 'The job is paused, so no further host of it starts.',
    waiting: 'It goes on when somebody resumes the job; its window keeps running meanwhile.',
    ended: `The job was still paused when the window closed. ${untouched}`,
    todo: 'See why the job was paused, then resume or cancel it.',
  },
  rights_lost: {
    short: 'Rights lost',
    means: 'Whoever answers for the job may not command this host any more.',
    waiting: 'It waits for somebody who reaches every host of the job to take the job over.',
    ended: `Nobody with the right to it took the job over in time. ${untouched}`,
    todo: 'Take the job over, or give its owner the group of the host back.',
  },
  gate_window_closed: {
    short: 'Gate never opened',
    means: 'The window closed while health checks of the host were still failing.',
    waiting: 'It ends as soon as the close is recorded.',
    ended: `Every attempt at the gate found it shut. ${untouched}`,
    todo: 'Repair what the failing checks name, then retry the failed hosts as a new job.',
  },
  deadline_passed: {
    short: 'Deadline passed',
    means: 'The deadline of this job passed before the host could start.',
    waiting: 'It ends as soon as the deadline is recorded.',
    ended: untouched,
    todo: 'Retry the failed hosts with a later deadline, or in their next windows.',
  },
  patch_failed: {
    short: 'Patch failed',
    means: 'The package system of the host reports a failure.',
    waiting: 'The run ends once the agent has told all of it.',
    ended: 'Packages may have been changed in part; the log says which.',
    todo: 'Read the log of the run, repair the package system of the host, then retry.',
  },
  reboot_timeout: {
    short: 'Reboot took too long',
    means: 'The packages are in place and the host has not come back from its reboot as it should.',
    waiting: 'It is looked for until the time for a reboot is over.',
    ended: 'The packages were installed. Whether the host runs with them is not known.',
    todo: 'Look at the console of the host.',
  },
  regressed: {
    short: 'Health did not return',
    means: 'A check that passed before the patch does not pass after it.',
    waiting: 'The checks are asked until the time for the verification is over.',
    ended: 'The packages were installed, and the host is less healthy than it was before.',
    todo: 'Compare the checks before and after, then repair the host or take the change back.',
  },
  cancelled: {
    short: 'Cancelled',
    means: 'A person cancelled this run.',
    waiting: 'The agent has been asked to stop, and its answer decides.',
    ended: 'It counts as skipped and is no failure.',
    todo: 'Nothing, or order the host again.',
  },
  quarantined: {
    short: 'Quarantined',
    means: 'Working on this run has crashed this server several times, so it was set aside.',
    waiting: 'It is not tried again; the rest of the queue goes on.',
    ended: 'What happened on the host before that is in the log of the run.',
    todo: 'Have whoever runs this server read its log, and report the failure.',
  },
  unknown_outcome: {
    short: 'Outcome unknown',
    means: 'The host was told to patch, and nobody knows what became of it.',
    waiting: 'The agent is asked for it as soon as it can be reached.',
    ended: 'The host stays blocked for other jobs until the agent reports or a person decides.',
    todo: 'Look at the host, then say here whether the patch succeeded or failed.',
  },
};

const hasEnded = (status: RunStatusName): boolean =>
  status === 'succeeded' || status === 'failed' || status === 'cancelled' || status === 'indeterminate';

/** The reason in a few words, for a line of a list or a filter. */
export const reasonInShort = (reason: RunReasonName): string => words[reason].short;

/** What the reason means, as one sentence. */
export const whatItMeans = (reason: RunReasonName): string => words[reason].means;

/** What happens next to a run of this status, or what is true of it now that it has ended. */
export const whatHappensNext = (reason: RunReasonName, status: RunStatusName): string =>
  hasEnded(status) ? words[reason].ended : words[reason].waiting;

/** What a person does about it. */
export const whatToDo = (reason: RunReasonName): string => words[reason].todo;

/** The reason with what is known of this case: `A check fails: Storefront answers: status 503`. */
export const reasonWithDetail = (reason: RunReasonName, detail: string | null): string =>
  detail === null || detail === '' ? words[reason].short : `${words[reason].short}: ${detail}`;
