import type { TestResultView } from '@patchgate/contracts';
import { formatLatency } from '../../lib/times.js';
import { phaseBarsOf, phaseWords } from './phase-bars.js';
import classes from './test-result.module.css';

export function PhaseList({ phases }: { phases: TestResultView['phases'] }) {
  return (
    <ul className={classes.phases} aria-label="Phases">
      {phaseBarsOf(phases).map(({ phase, ms, left, width, note }) => (
        <li key={phase}>
          <span>{phaseWords[phase]}</span>
          <span className={classes.lane}>
            {ms !== null && (
              <span className={classes.time} style={{ left: `${left}%`, width: `${width}%` }} />
            )}
          </span>
          <span className={note === null ? classes.ms : classes.quiet}>
            {ms === null ? note : formatLatency(ms)}
          </span>
        </li>
      ))}
    </ul>
  );
}
