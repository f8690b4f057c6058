import type { AgentConfig } from '../config/config.schema.js';
import type { Logger } from '../platform/logger.js';

export interface AgentOptions {
  readonly config: AgentConfig;
  readonly log: Logger;
  readonly process: NodeJS.Process;
}
