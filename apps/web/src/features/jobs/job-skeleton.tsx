import { SkeletonRows } from '../../ui/skeleton.js';
import { JobHeaderFrame } from './job-header.js';
import classes from './job.module.css';

export function JobSkeleton() {
  return (
    <>
      <JobHeaderFrame isLoading />
      <div className={classes.columns}>
        <div className={classes.block}>
          <SkeletonRows rows={8} waitsFor="this job" />
        </div>
        <div className={classes.block} />
      </div>
    </>
  );
}
