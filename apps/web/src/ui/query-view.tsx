import { Button } from '@mantine/core';
import type { UseInfiniteQueryResult, UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import classes from './error-state.module.css';
import { ErrorState, reasonOf } from './error-state.js';
import { RelativeTime } from './relative-time.js';
import { StateIcon } from './state-badge.js';

interface QueryViewProps<Data> {
  query: UseQueryResult<Data> | UseInfiniteQueryResult<Data>;
  /** What is fetched, for the sentence when it fails: “the list of hosts”. */
  what: string;
  skeleton: ReactNode;
  /** Names the page, and leads on, while it could not be fetched; only where the data bring the header. */
  header?: ReactNode;
  children: (data: Data) => ReactNode;
}

/** Loading, error and success of one query. Old content stays when a refresh fails, and says how old it is. */
export function QueryView<Data>({ query, what, skeleton, header, children }: QueryViewProps<Data>) {
  const retry = () => void query.refetch();
  if (query.data !== undefined) {
    return (
      <>
        {query.isError && <StaleNote at={query.dataUpdatedAt} error={query.error} onRetry={retry} />}
        {children(query.data)}
      </>
    );
  }
  if (query.isError) {
    return (
      <>
        {header}
        <ErrorState what={`Could not load ${what}.`} error={query.error} onRetry={retry} />
      </>
    );
  }
  return skeleton;
}

interface StaleNoteProps {
  at: number;
  error: unknown;
  onRetry: () => void;
}

function StaleNote({ at, error, onRetry }: StaleNoteProps) {
  return (
    <div className={classes.stale} role="status">
      <StateIcon state="warning" />
      <span>
        Shown as it was <RelativeTime at={new Date(at).toISOString()} />. {reasonOf(error)}
      </span>
      <Button size="xs" variant="default" onClick={onRetry}>
        Retry
      </Button>
    </div>
  );
}
