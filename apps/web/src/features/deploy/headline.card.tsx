import type { JobPreviewView } from '@patchgate/contracts';
import { formatCount } from '../../lib/counts.js';
import { viewerZone } from '../../lib/times.js';
import { useNow } from '../../lib/use-now.js';
import { Card } from '../../ui/card.js';
import { StateIcon } from '../../ui/state-badge.js';
import { headlineOf, outcomes, outcomeStates, outcomeWords } from './preview-words.js';
import classes from './review.module.css';
import { WindowBars } from './window-bars.view.js';

const bestFirst = outcomes.toReversed();

/** The answer, its proportions and the windows behind it. */
export function HeadlineCard({ preview }: { preview: JobPreviewView }) {
  const now = useNow();
  const shown = bestFirst.filter((outcome) => preview.counts[outcome] > 0);
  const words = shown.map((outcome) => `${formatCount(preview.counts[outcome])} ${outcomeWords[outcome]}`);
  return (
    <Card title={headlineOf(preview, now, viewerZone())} padding="flush">
      <div className={classes.counts}>
        <div className={classes.bar} role="img" aria-label={words.join(', ')}>
          {shown.map((outcome) => (
            <span
              key={outcome}
              className={classes.part}
              data-outcome={outcome}
              style={{ flex: preview.counts[outcome] }}
            />
          ))}
        </div>
        <ul className={classes.keys}>
          {shown.map((outcome) => (
            <li key={outcome}>
              <StateIcon state={outcomeStates[outcome]} />
              <b>{formatCount(preview.counts[outcome])}</b> {outcomeWords[outcome]}
            </li>
          ))}
        </ul>
      </div>
      <div className={classes.windows}>
        <WindowBars items={preview.items} />
      </div>
    </Card>
  );
}
