import type { HostView } from '@patchgate/contracts';
import classes from './check-strip.module.css';

const marks = {
  unhealthy: 'm3 3 6 6m0-6L3 9',
  unknown: 'M4.5 4.6a1.6 1.6 0 1 1 2.2 1.5c-.5.2-.7.5-.7.9M6 9v.01',
  healthy: 'M2.5 6.3 5 8.8l4.5-5.3',
} as const;
const tones = { unhealthy: 'bad', unknown: 'idle', healthy: 'ok' } as const;

/** A host's checks, one glyph each, the worst first: too small for words, so whatever stands around it says them. */
export function CheckStrip({ checks }: { checks: HostView['health_checks'] }) {
  const kinds = (['unhealthy', 'unknown', 'healthy'] as const).flatMap((kind) =>
    Array.from({ length: checks[kind] }, () => kind),
  );
  return (
    <span className={classes.strip} aria-hidden="true">
      {kinds.map((kind, index) => (
        <svg key={index} className={classes.mark} data-tone={tones[kind]} viewBox="0 0 12 12">
          <path d={marks[kind]} />
        </svg>
      ))}
    </span>
  );
}
