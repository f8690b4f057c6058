import type { TestResultView } from '@patchgate/contracts';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';

export type TestState =
  | { kind: 'idle' }
  | { kind: 'running'; startedAtMs: number }
  | { kind: 'done'; result: TestResultView }
  | { kind: 'failed'; error: unknown }
  | { kind: 'cancelled' };

export interface CheckTest<Input> {
  state: TestState;
  /** Rejects with what the server refused, for whoever can put it at a field. A cancelled test resolves. */
  run: (input: Input) => Promise<void>;
  /** The same where the state alone says how it went. */
  start: (input: Input) => void;
  cancel: () => void;
  clear: () => void;
}

interface UseCheckTest<Input> {
  ask: (input: Input, signal: AbortSignal) => Promise<TestResultView>;
  onDone?: () => Promise<unknown>;
}

/** One test at a time that can be called off; leaving the page calls it off too. */
export function useCheckTest<Input>({ ask, onDone }: UseCheckTest<Input>): CheckTest<Input> {
  const running = useRef<AbortController>(null);
  const [isCancelled, setIsCancelled] = useState(false);
  const mutation = useMutation({
    mutationFn: ({ input, signal }: { input: Input; signal: AbortSignal }) => ask(input, signal),
    onSuccess: () => onDone?.(),
  });
  useEffect(() => () => running.current?.abort(), []);

  const begin = (): AbortSignal => {
    running.current?.abort();
    running.current = new AbortController();
    setIsCancelled(false);
    return running.current.signal;
  };
  const stop = (asCancelled: boolean) => () => {
    running.current?.abort();
    setIsCancelled(asCancelled);
    mutation.reset();
  };

  return {
    state: isCancelled ? { kind: 'cancelled' } : stateOf(mutation),
    run: async (input) => {
      const signal = begin();
      try {
        await mutation.mutateAsync({ input, signal });
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    },
    start: (input) => mutation.mutate({ input, signal: begin() }),
    cancel: stop(true),
    clear: stop(false),
  };
}

function stateOf({ status, submittedAt, data, error }: MutationState): TestState {
  switch (status) {
    case 'idle':
      return { kind: 'idle' };
    case 'pending':
      return { kind: 'running', startedAtMs: submittedAt };
    case 'success':
      return data === undefined ? { kind: 'idle' } : { kind: 'done', result: data };
    case 'error':
      return { kind: 'failed', error };
  }
}

interface MutationState {
  status: 'idle' | 'pending' | 'success' | 'error';
  submittedAt: number;
  data: TestResultView | undefined;
  error: unknown;
}
