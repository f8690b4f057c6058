import { Module } from '@nestjs/common';
import { ExpectedAgents } from './expected-agents.js';

@Module({ providers: [ExpectedAgents], exports: [ExpectedAgents] })
export class ExpectedAgentsModule {}
