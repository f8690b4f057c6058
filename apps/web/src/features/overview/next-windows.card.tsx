import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { formatCount } from '../../lib/counts.js';
import { useAllows } from '../../lib/principal.js';
import { useNow } from '../../lib/use-now.js';
import { openAmong, scopeWords } from '../../lib/window-state.js';
import { Card } from '../../ui/card.js';
import { QueryView } from '../../ui/query-view.js';
import { SkeletonRows } from '../../ui/skeleton.js';
import { WindowStateOf, WindowTag } from '../../ui/window-state.js';
import { nextWindows } from './next-windows.js';
import { windowsQuery } from './overview.queries.js';
import classes from './overview.module.css';

/** The board has all of them. */
const most = 5;

/** When something can be started: the windows that are open or come next, and what holds them. */
export function NextWindows() {
  const query = useQuery(windowsQuery);
  const nowMs = useNow();
  const mayEdit = useAllows('admin');
  return (
    <Card
      title="Next windows"
      note={query.data && `${formatCount(openAmong(query.data.items, 'maintenance', nowMs).length)} open now`}
      padding="flush"
      actions={
        <Link to="/windows" className={classes.link}>
          All windows
        </Link>
      }
    >
      <QueryView query={query} what="the windows" skeleton={<SkeletonRows rows={3} waitsFor="the windows" />}>
        {({ items }) => {
          const next = nextWindows(items, nowMs);
          return next.length === 0 ? (
            <p className={classes.nothing}>
              No window is open, and none comes.{' '}
              {mayEdit && (
                <Link to="/windows" search={{ dialog: 'maintenance' }} className={classes.link}>
                  Add a window
                </Link>
              )}
            </p>
          ) : (
            <ul className={classes.lines}>
              {next.slice(0, most).map((window) => (
                <li key={window.id}>
                  <Link to="/windows" search={{ q: window.name, view: 'list' }} className={classes.clip}>
                    <span className={classes.name}>{window.name}</span>{' '}
                    <span className={classes.quiet}>{scopeWords(window)}</span>
                  </Link>
                  {window.kind === 'blackout' && <WindowTag look="blackout">Blackout</WindowTag>}
                  <WindowStateOf window={window} />
                </li>
              ))}
            </ul>
          );
        }}
      </QueryView>
    </Card>
  );
}
