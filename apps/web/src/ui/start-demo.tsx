import { CopyCommand } from './copy-command.js';
import classes from './start-demo.module.css';

interface StartDemoProps {
  /** What it is for, where nothing above says so. */
  lead?: string;
}

/** The way to look around before there is a host of one's own. */
export function StartDemo({ lead }: StartDemoProps) {
  return (
    <div className={classes.demo}>
      {lead !== undefined && <p>{lead}</p>}
      <CopyCommand what="command that starts the demo" text="npm run demo" />
    </div>
  );
}
