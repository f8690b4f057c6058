import { formatExact, formatRelative, viewerZone } from '../lib/times.js';
import { useNow } from '../lib/use-now.js';
import { Tip } from './tip.js';

interface RelativeTimeProps {
  /** RFC 3339; null is said as `never` unless another word fits. */
  at: string | null;
  never?: string;
}

export function RelativeTime({ at, never = 'never' }: RelativeTimeProps) {
  const now = useNow();
  if (at === null) return <span>{never}</span>;
  return (
    <Tip label={<ExactTimes at={at} />}>
      <time dateTime={at}>{formatRelative(at, now)}</time>
    </Tip>
  );
}

function ExactTimes({ at }: { at: string }) {
  const zone = viewerZone();
  return (
    <>
      <div>{formatExact(at, zone)}</div>
      {zone !== 'UTC' && <div>{formatExact(at, 'UTC')}</div>}
    </>
  );
}
