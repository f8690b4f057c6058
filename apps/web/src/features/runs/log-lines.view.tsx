import { Button } from '@mantine/core';
import type { LogLineView } from '@patchgate/contracts';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { formatClockSeconds, viewerZone } from '../../lib/times.js';
import { Icon } from '../../ui/icon.js';
import { partsOf } from './log-lines.js';
import classes from './log.module.css';

const lineHeightPx = 19;
/** Nearer to the end than this, a reader is at the end. */
const endPx = 24;

interface LogLinesProps {
  lines: readonly LogLineView[];
  sought: string;
  /** Whether more may come, which a reader at the end is taken along with. */
  mayFollow: boolean;
}

/** Lines of any number: only those in sight are drawn. */
export function LogLines({ lines, sought, mayFollow }: LogLinesProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [isFollowing, setIsFollowing] = useState(mayFollow);
  // eslint-disable-next-line react-hooks/incompatible-library -- no React Compiler is used, and nothing here is memoized
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => frame.current,
    estimateSize: () => lineHeightPx,
    overscan: 20,
    paddingStart: 8,
    paddingEnd: 8,
  });
  const isAtWork = mayFollow && isFollowing;
  useEffect(() => {
    if (isAtWork) virtualizer.scrollToIndex(lines.length - 1, { align: 'end' });
  }, [isAtWork, lines.length, virtualizer]);
  const zone = viewerZone();
  return (
    <div className={classes.frame}>
      <div
        ref={frame}
        className={classes.log}
        role="log"
        aria-label="Log"
        aria-live="off"
        tabIndex={0}
        onScroll={({ currentTarget: at }) =>
          setIsFollowing(at.scrollHeight - at.scrollTop - at.clientHeight < endPx)
        }
      >
        <div className={classes.whole} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const line = lines[index];
            return (
              line !== undefined && (
                <div
                  key={line.seq}
                  className={classes.line}
                  data-source={line.source}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <span className={classes.at}>{formatClockSeconds(Date.parse(line.at), zone)}</span>
                  <span>
                    <Found line={line.line} sought={sought} />
                  </span>
                </div>
              )
            );
          })}
        </div>
      </div>
      {mayFollow && !isFollowing && (
        <Button
          size="xs"
          variant="default"
          className={classes.follow ?? ''}
          leftSection={<Icon name="down" size={14} />}
          onClick={() => setIsFollowing(true)}
        >
          Follow
        </Button>
      )}
    </div>
  );
}

const Found = ({ line, sought }: { line: string; sought: string }) =>
  partsOf(line, sought).map((part, index) => (index % 2 === 1 ? <mark key={index}>{part}</mark> : part));
