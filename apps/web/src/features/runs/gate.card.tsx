import { Button } from '@mantine/core';
import type { RunDetailView } from '@patchgate/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { rowsOf } from '../../lib/list-query.js';
import { formatClockSeconds, viewerZone } from '../../lib/times.js';
import { QueryView } from '../../ui/query-view.js';
import { SkeletonRows } from '../../ui/skeleton.js';
import { StateIcon } from '../../ui/state-badge.js';
import { AttemptList } from './attempt-list.js';
import { GateChecks } from './gate-checks.js';
import { GateClocks } from './gate-clocks.js';
import { gateHeadline } from './gate-words.js';
import classes from './gate.module.css';
import { attemptsQuery } from './run.queries.js';

interface GateCardProps {
  run: RunDetailView;
  actions?: ReactNode;
  /** One line, once the gate is behind the run; its evidence is a click away. */
  isFolded: boolean;
}

/** The gate of a run: its verdict, its clocks, and the evidence of every attempt on the time of the window. */
export function GateCard({ run, actions, isFolded }: GateCardProps) {
  const titleId = useId();
  const [isOpen, setIsOpen] = useState(!isFolded);
  const { state, title } = gateHeadline(run);
  const { last_attempt_at: last, attempts } = run.gate;
  return (
    <section className={classes.card} aria-labelledby={titleId}>
      <header className={classes.head}>
        <StateIcon state={state} />
        <h3 id={titleId}>{title}</h3>
        {isFolded && last !== null && (
          <span className={classes.quiet}>{formatClockSeconds(Date.parse(last), viewerZone())}</span>
        )}
        {isFolded && attempts > 0 && (
          <Button
            size="xs"
            variant="default"
            className={classes.fold ?? ''}
            aria-expanded={isOpen}
            onClick={() => setIsOpen(!isOpen)}
          >
            {isOpen ? 'Hide the attempts' : 'Show the attempts'}
          </Button>
        )}
      </header>
      {!isFolded && <GateClocks run={run} />}
      {isOpen && attempts > 0 && <Evidence run={run} />}
      {actions}
    </section>
  );
}

function Evidence({ run }: { run: RunDetailView }) {
  const query = useInfiniteQuery(attemptsQuery({ jobId: run.job_id, runId: run.id }));
  return (
    <QueryView query={query} what="the attempts" skeleton={<SkeletonRows rows={3} waitsFor="the attempts" />}>
      {(data) => {
        const { rows, total } = rowsOf(data);
        return (
          <>
            <GateChecks run={run} attempts={rows} />
            <AttemptList attempts={rows} total={total} />
          </>
        );
      }}
    </QueryView>
  );
}
