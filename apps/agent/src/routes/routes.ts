import type { Route } from '../http/route.js';
import type { AgentContext } from './agent-context.js';
import { certificateRoutes } from './certificate.routes.js';
import { healthRoutes } from './health.routes.js';
import { packageRoutes } from './package.routes.js';
import { runRoutes } from './run.routes.js';
import { systemRoutes } from './system.routes.js';

/** All that this agent serves. */
export const agentRoutes = (context: AgentContext): readonly Route[] => [
  ...healthRoutes(context),
  ...systemRoutes(context),
  ...packageRoutes(context),
  ...runRoutes(context),
  ...certificateRoutes(context),
];
