import { SkeletonBar, SkeletonRows } from '../../ui/skeleton.js';
import classes from './host.module.css';
import { PageHeader } from '../../ui/page-header.js';

export function HostSkeleton() {
  return (
    <>
      <PageHeader title="Host" facts={<SkeletonBar width="260px" />} />
      <div className={classes.columns}>
        <div className={classes.block}>
          <SkeletonRows rows={8} waitsFor="this host" />
        </div>
        <div className={classes.block} />
      </div>
    </>
  );
}
