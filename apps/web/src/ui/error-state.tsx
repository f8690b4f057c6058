import { Button } from '@mantine/core';
import { ApiError } from '../lib/api-error.js';
import classes from './error-state.module.css';
import { Icon } from './icon.js';
import { StateIcon } from './state-badge.js';

interface ErrorStateProps {
  /** What could not be done, as a sentence: “The list of hosts could not be loaded.” */
  what: string;
  error: unknown;
  onRetry: () => void;
  /** It stands where the page would, so that its sentence is the heading. */
  isPage?: boolean;
}

export function ErrorState({ what, error, onRetry, isPage = false }: ErrorStateProps) {
  const Title = isPage ? 'h1' : 'p';
  return (
    <div className={classes.error} role="alert">
      <span className={classes.picture}>
        <StateIcon state="failed" />
      </span>
      <Title className={classes.title}>{what}</Title>
      <p className={classes.text}>{reasonOf(error)}</p>
      <RequestId error={error} />
      <Button variant="default" leftSection={<Icon name="refresh" />} onClick={onRetry}>
        Retry
      </Button>
    </div>
  );
}

/** What to name when asking for help; a failure without an answer has none. */
export function RequestId({ error }: { error: unknown }) {
  if (!(error instanceof ApiError) || error.requestId === null) return null;
  return (
    <p className={classes.request}>
      Request <code>{error.requestId}</code>
    </p>
  );
}

export const reasonOf = (error: unknown): string =>
  error instanceof ApiError ? error.message : 'This page failed. Reload it; if it fails again, report it.';
