import { SkeletonRows } from '../../ui/skeleton.js';
import classes from './overview.module.css';

export function OverviewSkeleton() {
  return (
    <div className={classes.columns}>
      <div className={classes.block}>
        <SkeletonRows rows={4} waitsFor="the overview" />
      </div>
      <div className={classes.column}>
        <div className={classes.block} />
        <div className={classes.block} />
      </div>
    </div>
  );
}
