import { useAllows } from '../../lib/principal.js';
import { EditActions } from '../../ui/edit-actions.js';
import { SkeletonRows } from '../../ui/skeleton.js';
import { HostHeaderFrame } from './host-header.js';
import classes from './host.module.css';

export function HostSkeleton() {
  const mayEdit = useAllows('admin');
  return (
    <>
      <HostHeaderFrame isLoading actions={mayEdit && <EditActions />} />
      <div className={classes.columns}>
        <div className={classes.block}>
          <SkeletonRows rows={8} waitsFor="this host" />
        </div>
        <div className={classes.block} />
      </div>
    </>
  );
}
