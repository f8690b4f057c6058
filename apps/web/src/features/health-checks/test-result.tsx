import type { TestResultView } from '@patchgate/contracts';
import { whatHappened, whatToLookAt } from '../../lib/check-reasons.js';
import { formatLatency } from '../../lib/times.js';
import { FactList } from '../../ui/fact-list.js';
import { Note } from '../../ui/note.js';
import { StateIcon } from '../../ui/state-badge.js';
import { states } from '../../ui/states.js';
import { certificateFacts } from './certificate-facts.js';
import { expiryOf } from './certificate-words.js';
import { PhaseList } from './phase-list.js';
import { usePollingRules } from './polling-rules.js';
import classes from './test-result.module.css';

interface TestResultProps {
  result: TestResultView;
  ignoresCertErrors: boolean;
  nowMs: number;
}

/** The verdict in words, the time each phase took, and what was seen of the other side. */
export function TestResult({ result, ignoresCertErrors, nowMs }: TestResultProps) {
  const state = result.healthy ? 'healthy' : 'unhealthy';
  const { checkTimeoutMs } = usePollingRules();
  const { certificate } = result;
  const problem = certificate?.problem ?? null;
  const expiry = certificate === undefined ? null : expiryOf(certificate, nowMs);
  return (
    <>
      <div className={classes.verdict} data-tone={states[state].tone} role="status">
        <StateIcon state={state} />
        <div>
          <p className={classes.word}>{states[state].word}</p>
          <p>{whatHappened(result)}</p>
          {!result.healthy && <p className={classes.look}>{whatToLookAt(result.reason)}</p>}
        </div>
      </div>
      <div className={classes.took}>
        <h4>Phases</h4>
        <span>
          <strong>{formatLatency(result.latency_ms)}</strong>{' '}
          <span className={classes.quiet}>of {checkTimeoutMs / 1000} s allowed</span>
        </span>
      </div>
      <PhaseList phases={result.phases} />
      <div className={classes.facts}>
        <FactList
          facts={[
            { name: 'Address', value: result.address ?? 'none was reached' },
            ...(certificate === undefined ? [] : certificateFacts(certificate, nowMs)),
          ]}
        />
      </div>
      {problem !== null && ignoresCertErrors && (
        <Note tone="wait">
          {sentenceOf(problem)} It is accepted only because certificate errors are ignored.
        </Note>
      )}
      {problem === null && expiry?.isNear === true && (
        <Note tone="wait">The certificate ends {expiry.words}: renew it before the check turns red.</Note>
      )}
    </>
  );
}

const sentenceOf = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
