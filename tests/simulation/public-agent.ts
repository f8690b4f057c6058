import type { Machine } from './machine.js';
import type { JobOfAgent } from './simulated-agent.js';

interface Job {
  readonly id: number;
  state: JobOfAgent['state'];
}

/** The agent that does an order as often as it gets it, and knows nothing of runs. */
export class PublicAgent {
  readonly takesRuns = false;
  private readonly jobList: Job[] = [];
  rebootNeeded = false;

  constructor(readonly machine: Machine) {}

  get uptimeMs(): number {
    return this.machine.timeline.now - this.machine.bootedAt;
  }

  /** `runId` is for the ledger only: the agent is not told. */
  post(runId: string): number | 'busy' | 'refused' {
    const refusal = this.machine.luck.refusal();
    if (refusal !== null) return refusal;
    const job: Job = { id: this.jobList.length + 1, state: 'running' };
    this.jobList.push(job);
    this.machine.changePackages(runId, (isGood) => {
      // An agent that was restarted in the middle does not know what became of its job.
      if (job.state !== 'running') return;
      job.state = isGood ? 'succeeded' : 'failed';
      this.rebootNeeded ||= isGood && this.machine.luck.rebootNeeded();
    });
    return job.id;
  }

  jobs(): readonly JobOfAgent[] {
    return this.jobList.map((job) => ({ ...job }));
  }

  reboot(runId: string): 'taken' | 'busy' {
    if (this.machine.isChanging) return 'busy';
    this.rebootNeeded = false;
    this.machine.restart(runId);
    return 'taken';
  }

  restart(downMs: number): void {
    for (const job of this.jobList) if (job.state === 'running') job.state = 'lost';
    this.machine.restartAgent(downMs);
  }
}
