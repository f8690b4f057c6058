import type { JobBoardView, PatchJobView } from '@patchgate/contracts';
import { Card } from '../../ui/card.js';
import { boardLines, cellSizeOf } from './board-layout.js';
import { BatchBars } from './batch-bars.js';
import { rollOutWords } from './board-words.js';
import { RollOutFigures } from './roll-out-figures.js';
import classes from './roll-out.module.css';
import { spanOf } from './roll-out-span.js';
import { TimeBar } from './time-bar.js';
import { Waffle } from './waffle.js';

interface RollOutCardProps {
  job: PatchJobView;
  board: JobBoardView;
  openRun: string | undefined;
  onOpen: (runId: string) => void;
}

/** How far the roll-out has come, in figures, on the time it has, and host by host. */
export function RollOutCard({ job, board, openRun, onOpen }: RollOutCardProps) {
  const lines = boardLines(board);
  const span = spanOf(job, board.batches);
  const size = cellSizeOf(board.cells.length);
  return (
    <Card title="Roll-out" note={rollOutWords(job)}>
      <div className={classes.parts}>
        <RollOutFigures job={job} />
        {span !== null && <TimeBar job={job} span={span} batches={board.batches} />}
        {size === 'bar' ? (
          <BatchBars lines={lines} />
        ) : (
          <Waffle lines={lines} size={size} openRun={openRun} onOpen={onOpen} />
        )}
      </div>
    </Card>
  );
}
