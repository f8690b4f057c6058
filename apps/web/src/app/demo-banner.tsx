import { demo } from '../lib/demo.js';
import classes from './demo-banner.module.css';

/** Above every page of a demo, and of nothing else. */
export function DemoBanner() {
  if (demo === null) return null;
  return (
    <section className={classes.banner} aria-label="Demo">
      <strong className={classes.word}>Demo</strong>
      <span>Simulated hosts; nothing here is patched.</span>
      <span className={classes.pace}>
        To keep you from waiting, gates ask every {demo.retrySeconds} seconds here; by default it is every 5
        minutes.
      </span>
    </section>
  );
}
