import { runCancel, runOrder, runReport } from '@patchgate/contracts/agent';
import { z } from 'zod';

import type { Route, RouteRequest } from '../http/route.js';
import { parseInput, parseQuery } from '../http/route.js';
import type { AgentContext } from './agent-context.js';

const PATH = '/api/v1/runs/:run_id';
const logQuery = z.strictObject({ after: z.coerce.number().int().min(0).default(0) });

export function runRoutes({ desk }: AgentContext): readonly Route[] {
  return [
    {
      method: 'PUT',
      path: PATH,
      reply: async (request) => {
        const { isNew, report } = await desk.order(runIdOf(request), parseInput(runOrder, request.body));
        return { status: isNew ? 201 : 200, data: report };
      },
    },
    {
      method: 'GET',
      path: PATH,
      reply: async (request) => {
        const { after } = parseQuery(logQuery, request.query);
        return { status: 200, data: await desk.report(runIdOf(request), after) };
      },
    },
    {
      method: 'POST',
      path: `${PATH}/cancel`,
      reply: async (request) => {
        const { fence } = parseInput(runCancel, request.body ?? {});
        return { status: 200, data: await desk.cancel(runIdOf(request), fence) };
      },
    },
    {
      method: 'POST',
      path: `${PATH}/acknowledge`,
      reply: async (request) => {
        parseInput(z.strictObject({}), request.body ?? {});
        return { status: 200, data: await desk.acknowledge(runIdOf(request)) };
      },
    },
  ];
}

const parameters = runReport.pick({ run_id: true });
const runIdOf = (request: RouteRequest): string => parseInput(parameters, request.parameters).run_id;
