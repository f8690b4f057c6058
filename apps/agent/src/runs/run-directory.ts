import path from 'node:path';

/** The files that agent and runner share of one run; each is written by one of them and whole. */
export interface RunDirectory {
  readonly root: string;
  /** What to do; by the agent. */
  readonly task: string;
  /** Who runs it; of all that try to make this file one succeeds, and that one alone goes on. */
  readonly claim: string;
  /** `transaction` or `cancelled`: made once, by the runner right before it changes packages or by the agent that cancels. */
  readonly decision: string;
  readonly progress: string;
  readonly log: string;
  readonly result: string;
}

export function runDirectory(stateDirectory: string, runId: string): RunDirectory {
  const root = path.join(stateDirectory, 'runs', runId);
  const at = (name: string) => path.join(root, name);
  return {
    root,
    task: at('task.json'),
    claim: at('claim.json'),
    decision: at('decision'),
    progress: at('progress.json'),
    log: at('log.jsonl'),
    result: at('result.json'),
  };
}
