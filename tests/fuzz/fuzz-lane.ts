import fc from 'fast-check';
import { startTestApi } from '../../apps/server/src/api.fixture.js';
import { fetchDocument, operationsOf } from './api-document.js';
import type { Operation } from './api-document.js';
import { HttpClient } from './http-client.js';
import { Installation } from './installation.js';
import { lookAround, settle } from './principals.js';
import { anyRequest } from './request-plan.js';
import type { RequestPlan } from './request-plan.js';
import { ReplyJudge } from './reply-judge.js';
import { SequenceRunner } from './sequence-runner.js';
import { VisibleObjects } from './visible-objects.js';

const longestSequence = 80;

export interface Lane {
  readonly operations: readonly Operation[];
  readonly sequence: fc.Arbitrary<RequestPlan[]>;
  readonly runner: SequenceRunner;
  readonly close: () => Promise<void>;
}

/** An api of its own on a database of its own, with everything that fuzzes it. */
export async function openLane(): Promise<Lane> {
  // At this level a defect of the server prints its own stack beside the sequence that provoked it.
  // Made-up checks must not make real connections to whoever has the address.
  const api = await startTestApi({
    PATCHGATE_LOG_LEVEL: 'error',
    PATCHGATE_PROBE_DENY_CIDRS: '0.0.0.0/0,::/0',
    PATCHGATE_CHECK_TIMEOUT_MS: '100',
  });
  const document = await fetchDocument(api.origin);
  const operations = operationsOf(document);
  const principals = await settle(api);
  const memory = await lookAround(api, operations);
  // Restoring it also empties the counters of the rate limits, which would else answer for the operations behind them.
  const installation = await Installation.keep(api.database.adminUrl);
  const client = new HttpClient(api.origin);
  const objects = new VisibleObjects(installation);
  await objects.assertEveryTableIsJudged();
  const judge = new ReplyJudge(document, objects);
  return {
    operations,
    sequence: fc.array(anyRequest(operations), { maxLength: longestSequence, size: 'max' }),
    runner: new SequenceRunner({ client, installation, judge, memory, objects, operations, principals }),
    close: async () => {
      client.close();
      await installation.close();
      await api.close();
    },
  };
}
