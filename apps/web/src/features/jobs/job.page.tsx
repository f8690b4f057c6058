import type { JobBoardView, PatchJobView } from '@patchgate/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { hasCode } from '../../lib/api-error.js';
import { useAllows } from '../../lib/principal.js';
import { EmptyPage } from '../../ui/empty-state.js';
import { LinkButton } from '../../ui/link-button.js';
import { QueryView } from '../../ui/query-view.js';
import { SkeletonRows } from '../../ui/skeleton.js';
import { JobActions } from './job-actions.js';
import { JobHeader, JobHeaderFrame } from './job-header.js';
import type { BoardSearch } from './board-search.js';
import { JobSkeleton } from './job-skeleton.js';
import classes from './job.module.css';
import { boardQuery, jobQuery } from './job.queries.js';
import { PausedNote } from './paused-note.js';
import { ReasonsCard } from './reasons.card.js';
import { RollOutCard } from './roll-out.card.js';
import { RunsCard } from './runs.card.js';
import { StatesCard } from './states.card.js';

/** What the panel of a run is given; runs are a feature of their own. */
interface OpenRun {
  jobId: string;
  runId: string;
  isPaused: boolean;
  /** Those before and after it in the roll-out. */
  before: string | undefined;
  after: string | undefined;
  onOpen: (runId: string) => void;
  onClose: () => void;
}

interface JobPageProps {
  panel: (run: OpenRun) => ReactNode;
}

const route = getRouteApi('/shell/jobs/$jobId');

export function JobPage({ panel }: JobPageProps) {
  const { jobId } = route.useParams();
  const query = useQuery(jobQuery(jobId));
  if (hasCode(query.error, 'not_found') || hasCode(query.error, 'invalid_request')) {
    return (
      <EmptyPage
        icon="jobs"
        title="There is no such job"
        action={<LinkButton to="/jobs">All jobs</LinkButton>}
      >
        It has none of the hosts you reach, or the address is not complete.
      </EmptyPage>
    );
  }
  return (
    <QueryView
      query={query}
      what="this job"
      skeleton={<JobSkeleton />}
      header={<JobHeaderFrame isLoading={false} />}
    >
      {(job) => <JobDetails job={job} panel={panel} />}
    </QueryView>
  );
}

function JobDetails({ job, panel }: JobPageProps & { job: PatchJobView }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayCommand = useAllows('operator');
  const board = useQuery(boardQuery(job.id));
  // What is typed or chosen replaces; a run that is opened can be left by the way back.
  const change = (changed: BoardSearch, replace = true): void =>
    void navigate({ search: (before) => ({ ...before, ...changed }), replace, resetScroll: false });
  const open = (run: string): void => change({ run }, search.run !== undefined);
  return (
    <>
      <JobHeader job={job} actions={mayCommand && <JobActions job={job} />} />
      <PausedNote job={job} />
      <div className={classes.columns}>
        <div className={classes.rollOut}>
          <QueryView query={board} what="the roll-out" skeleton={<Waiting />}>
            {(data) => <RollOutCard job={job} board={data} openRun={search.run} onOpen={open} />}
          </QueryView>
        </div>
        <div className={`${classes.column ?? ''} ${classes.side ?? ''}`}>
          <StatesCard
            job={job}
            chosen={search.status}
            onChoose={(status) => change({ status, reason: undefined })}
          />
          {board.data !== undefined && (
            <ReasonsCard jobId={job.id} reasons={board.data.reasons} chosen={search.reason} />
          )}
        </div>
        <div className={classes.hosts}>
          <RunsCard jobId={job.id} search={search} onChange={change} />
        </div>
      </div>
      {search.run !== undefined &&
        panel({
          jobId: job.id,
          runId: search.run,
          isPaused: job.paused !== null,
          ...neighboursOf(board.data, search.run),
          onOpen: open,
          onClose: () => change({ run: undefined }),
        })}
    </>
  );
}

const Waiting = () => (
  <div className={classes.block}>
    <SkeletonRows rows={8} waitsFor="the roll-out" />
  </div>
);

function neighboursOf(board: JobBoardView | undefined, runId: string): Pick<OpenRun, 'before' | 'after'> {
  const cells = board?.cells ?? [];
  const index = cells.findIndex(({ run_id: id }) => id === runId);
  if (index === -1) return { before: undefined, after: undefined };
  return { before: cells[index - 1]?.run_id, after: cells[index + 1]?.run_id };
}
