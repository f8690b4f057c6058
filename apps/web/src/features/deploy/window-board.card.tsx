import { zoneName } from '../../lib/moments.js';
import { viewerZone } from '../../lib/times.js';
import { useNow } from '../../lib/use-now.js';
import { Card } from '../../ui/card.js';
import { QueryView } from '../../ui/query-view.js';
import { SkeletonRows } from '../../ui/skeleton.js';
import classes from './deploy.module.css';
import type { Order } from './use-order.js';
import { WindowBars } from './window-bars.view.js';

/** Where the windows of the chosen hosts lie, before the review says it host by host. */
export function WindowBoardCard({ order: { draft, preview } }: { order: Order }) {
  const now = useNow();
  const isEmpty = draft.host_ids.length + draft.group_ids.length === 0;
  return (
    <Card
      title="Windows of the chosen hosts"
      note={`times in ${zoneName(now, viewerZone())}`}
      padding={isEmpty ? 'normal' : 'flush'}
    >
      {isEmpty ? (
        <p className={classes.quiet}>Choose hosts first, and their windows are drawn here.</p>
      ) : (
        <QueryView
          query={preview}
          what="the windows"
          skeleton={<SkeletonRows rows={3} waitsFor="the windows" />}
        >
          {({ items }) => <WindowBars items={items} />}
        </QueryView>
      )}
    </Card>
  );
}
