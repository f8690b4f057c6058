import { CopyCommand } from './copy-command.js';

/** The way to look around before there is a host of one's own. */
export function StartDemo() {
  return <CopyCommand what="command that starts the demo" text="npm run demo" />;
}
