import type { JobBoardView, RunReasonName } from '@patchgate/contracts';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { countOf, formatCount } from '../../lib/counts.js';
import { reasonInShort } from '../../lib/run-reasons.js';
import { useSeconds } from '../../lib/use-now.js';
import { Card } from '../../ui/card.js';
import { runStates } from '../../ui/run-states.js';
import { StateIcon } from '../../ui/state-badge.js';
import { exampleWords, reasonLines, reasonState } from './reason-words.js';
import classes from './reasons.module.css';

type ReasonCount = JobBoardView['reasons'][number];

const shownFirst = 6;

interface ReasonsCardProps {
  jobId: string;
  reasons: readonly ReasonCount[];
  chosen: RunReasonName | undefined;
}

/** One line a reason, with how many hosts it holds; each line filters the table. */
export function ReasonsCard({ jobId, reasons, chosen }: ReasonsCardProps) {
  const [isWhole, setIsWhole] = useState(false);
  const lines = reasonLines(reasons);
  const total = hostsOf(lines);
  // One more takes no more room than the words that it is there.
  const shown = isWhole || lines.length <= shownFirst + 1 ? lines : lines.slice(0, shownFirst);
  const hidden = lines.slice(shown.length);
  return (
    <Card
      title="Why not yet, or not at all"
      note={total === 0 ? undefined : countOf(total, 'host')}
      padding="flush"
    >
      {lines.length === 0 ? (
        <p className={classes.nothing}>Nothing holds a host back, and none has failed.</p>
      ) : (
        <ul className={classes.reasons}>
          {shown.map((line) => (
            <li key={line.reason}>
              <ReasonLine jobId={jobId} line={line} isChosen={chosen === line.reason} />
            </li>
          ))}
        </ul>
      )}
      {hidden.length > 0 && (
        <button type="button" className={classes.more} onClick={() => setIsWhole(true)}>
          {countOf(hidden.length, 'more reason')}, {countOf(hostsOf(hidden), 'host')}
        </button>
      )}
    </Card>
  );
}

const hostsOf = (lines: readonly ReasonCount[]): number => lines.reduce((sum, { count }) => sum + count, 0);

interface ReasonLineProps {
  jobId: string;
  line: ReasonCount;
  isChosen: boolean;
}

function ReasonLine({ jobId, line, isChosen }: ReasonLineProps) {
  const now = useSeconds();
  const { reason, status, count } = line;
  return (
    <Link
      to="/jobs/$jobId"
      params={{ jobId }}
      // Chosen again, it takes its filter away; an open run stays open.
      search={({ run }: { run?: string | undefined }) => (isChosen ? { run } : { reason, run })}
      className={classes.reason}
      aria-current={isChosen ? 'true' : undefined}
      replace
      resetScroll={false}
    >
      <StateIcon state={reasonState(reason) ?? runStates[status]} />
      <span className={classes.words}>{reasonInShort(reason)}</span>
      <span className={classes.count}>{formatCount(count)}</span>
      <span className={classes.example}>{exampleWords(line, now)}</span>
    </Link>
  );
}
