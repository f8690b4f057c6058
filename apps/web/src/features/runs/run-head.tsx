import { ActionIcon } from '@mantine/core';
import type { RunDetailView } from '@patchgate/contracts';
import { Link } from '@tanstack/react-router';
import { countOf } from '../../lib/counts.js';
import { Icon } from '../../ui/icon.js';
import { SkeletonBar } from '../../ui/skeleton.js';
import { StateBadge } from '../../ui/state-badge.js';
import { runState, runTitle } from './run-words.js';
import classes from './run-head.module.css';
import { StepBar } from './step-bar.js';

interface RunHeadProps {
  /** Undefined until it is known. */
  run: RunDetailView | undefined;
  before: string | undefined;
  after: string | undefined;
  onOpen: (runId: string) => void;
  onClose: () => void;
}

export function RunHead({ run, before, after, onOpen, onClose }: RunHeadProps) {
  return (
    <header className={classes.head}>
      <div className={classes.line}>
        <div className={classes.titles}>
          <div className={classes.title}>
            {/* The sheet of a phone gives the focus to something in it; a title says where one is. */}
            <h2 tabIndex={-1} data-autofocus>
              {run === undefined ? 'Run' : run.fqdn.split('.')[0]}
            </h2>
            {run !== undefined && <StateBadge state={runState(run)} word={runTitle(run)} variant="pill" />}
          </div>
          {run === undefined ? <SkeletonBar width="220px" /> : <RunFacts run={run} />}
        </div>
        <div className={classes.buttons}>
          <Neighbour label="Previous host" icon="up" runId={before} onOpen={onOpen} />
          <Neighbour label="Next host" icon="down" runId={after} onOpen={onOpen} />
          <ActionIcon aria-label="Close the run" onClick={onClose}>
            <Icon name="x" />
          </ActionIcon>
        </div>
      </div>
      {run !== undefined && <StepBar run={run} />}
    </header>
  );
}

function RunFacts({ run }: { run: RunDetailView }) {
  const { host, packages } = run;
  const system = [host.os, host.os_version].filter((part) => part !== null).join(' ');
  return (
    <p className={classes.facts}>
      <span>{run.batch === 0 ? 'Canary' : `Batch ${run.batch}`}</span>
      {packages.length > 0 && <span>{countOf(packages.length, 'package')}</span>}
      {system !== '' && <span>{system}</span>}
      <span title={`Run ${run.id}`}>run {run.id.slice(-8)}</span>
      <Link to="/hosts/$hostId" params={{ hostId: run.host_id }} className={classes.link}>
        Open host
      </Link>
    </p>
  );
}

interface NeighbourProps {
  label: string;
  icon: 'up' | 'down';
  runId: string | undefined;
  onOpen: (runId: string) => void;
}

function Neighbour({ label, icon, runId, onOpen }: NeighbourProps) {
  return (
    // Not disabled at either end: that would throw the focus out of the panel.
    <ActionIcon
      aria-label={label}
      aria-disabled={runId === undefined}
      onClick={() => runId !== undefined && onOpen(runId)}
    >
      <Icon name={icon} />
    </ActionIcon>
  );
}
