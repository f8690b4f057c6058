import type { RunDetailView } from '@patchgate/contracts';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { hasCode } from '../../lib/api-error.js';
import { EmptyState } from '../../ui/empty-state.js';
import { QueryView } from '../../ui/query-view.js';
import { SidePanel } from '../../ui/side-panel.js';
import { SkeletonRows } from '../../ui/skeleton.js';
import { RunBody } from './run-body.js';
import { RunHead } from './run-head.js';
import { runQuery } from './run.queries.js';

interface RunPanelProps {
  jobId: string;
  runId: string;
  /** No attempts are made while the job is paused. */
  isPaused: boolean;
  /** Those beside it in the roll-out. */
  before: string | undefined;
  after: string | undefined;
  /** What another feature has to say while the run is at its gate. */
  belowGate: (run: RunDetailView) => ReactNode;
  onOpen: (runId: string) => void;
  onClose: () => void;
}

/** One host in one job: its gate, its patch and what the checks say after it. */
export function RunPanel(props: RunPanelProps) {
  const { jobId, runId, onClose } = props;
  const query = useQuery(runQuery({ jobId, runId }));
  const run: RunDetailView | undefined = query.data;
  return (
    <SidePanel label={run === undefined ? 'Run' : `Run of ${run.fqdn}`} onClose={onClose}>
      <RunHead run={run} {...props} />
      {hasCode(query.error, 'not_found') || hasCode(query.error, 'invalid_request') ? (
        <EmptyState icon="jobs" title="There is no such run">
          It is of another job, or of a host in none of your groups.
        </EmptyState>
      ) : (
        <QueryView query={query} what="this run" skeleton={<SkeletonRows rows={6} waitsFor="this run" />}>
          {(data) => (
            <RunBody key={data.id} run={data} isPaused={props.isPaused} belowGate={props.belowGate(data)} />
          )}
        </QueryView>
      )}
    </SidePanel>
  );
}
