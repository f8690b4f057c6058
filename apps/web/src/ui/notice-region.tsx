import { CloseButton } from '@mantine/core';
import { dismissNotice, useNotices } from '../lib/notices.js';
import classes from './notice-region.module.css';
import { StateIcon } from './state-badge.js';

/** Says what worked, for six seconds. It never holds anything a person must act on. */
export function NoticeRegion() {
  const notices = useNotices();
  return (
    <div className={classes.region} role="status" aria-live="polite">
      {notices.map((notice) => (
        <div key={notice.id} className={classes.notice}>
          <StateIcon state="succeeded" />
          <span className={classes.text}>{notice.text}</span>
          <CloseButton size="sm" aria-label="Dismiss" onClick={() => dismissNotice(notice.id)} />
        </div>
      ))}
    </div>
  );
}
