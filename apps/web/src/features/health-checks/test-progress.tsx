import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { nowMs } from '../../lib/clock.js';
import { usePollingRules } from './polling-rules.js';
import classes from './test-result.module.css';

const tickMs = 200;

interface TestProgressProps {
  startedAtMs: number;
  onCancel: () => void;
}

export function TestProgress({ startedAtMs, onCancel }: TestProgressProps) {
  const { checkTimeoutMs: limitMs } = usePollingRules();
  const [elapsedMs, setElapsedMs] = useState(0);
  useEffect(() => {
    const timer = window.setInterval(() => setElapsedMs(nowMs() - startedAtMs), tickMs);
    return () => window.clearInterval(timer);
  }, [startedAtMs]);
  const seconds = Math.min(Math.floor(elapsedMs / 1000), limitMs / 1000);
  return (
    <div className={classes.progress}>
      <p role="status">Testing…</p>
      <span className={classes.elapsed}>
        {elapsedMs < limitMs
          ? `${seconds} s of at most ${limitMs / 1000} s`
          : 'The limit is over, the verdict is on its way'}
      </span>
      <div
        className={classes.track}
        role="progressbar"
        aria-label="Time used by the test"
        aria-valuemin={0}
        aria-valuemax={limitMs / 1000}
        aria-valuenow={seconds}
        aria-valuetext={`${seconds} of at most ${limitMs / 1000} seconds`}
      >
        <span className={classes.used} style={{ width: `${Math.min(100, (100 * elapsedMs) / limitMs)}%` }} />
      </div>
      <Button size="xs" variant="default" onClick={onCancel}>
        Cancel the test
      </Button>
    </div>
  );
}
