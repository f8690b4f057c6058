import { rebootRequest } from '@patchgate/contracts/agent';
import { z } from 'zod';

import { AgentRefusal } from '../http/agent-refusal.js';
import type { Route } from '../http/route.js';
import { parseInput } from '../http/route.js';
import { hasSucceeded } from '../runs/report-run.js';
import { readService } from '../services/read-service.js';
import { readBootId } from '../system/boot.js';
import { isRebootPending } from '../system/pending-reboot.js';
import { readSystemInfo } from '../system/read-system-info.js';
import type { AgentContext } from './agent-context.js';

const strictRebootRequest = z.strictObject(rebootRequest.shape);

export function systemRoutes(context: AgentContext): readonly Route[] {
  const { paths, packages, run, store } = context;
  const info = () =>
    readSystemInfo({
      paths,
      packages,
      lastApplyAt: () => lastApplyAt(context),
      isRebootPending: async () => {
        const bootId = await readBootId(paths);
        // A library in use by everything leaves no mark on the host, so what a run of this boot found counts too.
        const isLeftByRun = store
          .all()
          .some(
            ({ stage }) =>
              stage.kind === 'ended' && stage.bootId === bootId && stage.result.reboot_needed === true,
          );
        return isLeftByRun || (await isRebootPending(paths));
      },
    });
  return [
    { method: 'GET', path: '/api/v1/system/info', reply: async () => ({ status: 200, data: await info() }) },
    {
      method: 'GET',
      path: '/api/v1/system/services/:name',
      reply: async ({ parameters }) => ({
        status: 200,
        data: await readService(parameters['name'] ?? '', run),
      }),
    },
    {
      method: 'POST',
      path: '/api/v1/system/reboot',
      reply: async ({ body }) => {
        const request = parseInput(strictRebootRequest, body ?? {});
        if (!context.isRoot) throw new AgentRefusal('REBOOT_BLOCKED', 'the agent does not run as root');
        const open = store.open();
        const mayBreak = request.force && request.acknowledge_package_database_corruption_risk;
        if (open !== undefined && !mayBreak) {
          throw new AgentRefusal('REBOOT_BLOCKED', `run ${open.runId} is under way`, {
            details: { run_id: open.runId },
            isRetryable: true,
          });
        }
        return { status: 202, data: await context.reservation.reserve(request) };
      },
    },
  ];
}

function lastApplyAt({ store }: AgentContext): string | null {
  const ends = store
    .all()
    .flatMap(({ stage }) =>
      stage.kind === 'ended' && hasSucceeded(stage.result) ? [stage.result.ended_at] : [],
    );
  return ends.sort().at(-1) ?? null;
}
