import { certificateInstall } from '@patchgate/contracts/agent';
import { z } from 'zod';

import type { Route } from '../http/route.js';
import { parseInput } from '../http/route.js';
import type { AgentContext } from './agent-context.js';

export function certificateRoutes({ renewal, trust }: AgentContext): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/api/v1/certificate/request',
      reply: async ({ body }) => {
        parseInput(z.strictObject({}), body ?? {});
        return { status: 200, data: { csr: await renewal.request() } };
      },
    },
    {
      method: 'PUT',
      path: '/api/v1/certificate',
      reply: async ({ body, certificate }) => {
        await renewal.install(parseInput(certificateInstall, body), certificate);
        return {
          status: 200,
          data: { valid_to: new Date(trust.identity.certificate.validTo).toISOString() },
        };
      },
    },
  ];
}
