import { lazy, Suspense } from 'react';
import { DemoRepair } from '../features/demo/demo-repair.js';
import { JobPage } from '../features/jobs/job.page.js';

// A job is often looked at without any of its runs.
const RunPanel = lazy(async () => ({ default: (await import('../features/runs/run.panel.js')).RunPanel }));

/** The page of a job is put together here: features do not know each other. */
export function JobWithRun() {
  return (
    <JobPage
      panel={(run) => (
        <Suspense>
          <RunPanel {...run} belowGate={({ host_id }) => <DemoRepair hostId={host_id} seenBy="gate" />} />
        </Suspense>
      )}
    />
  );
}
