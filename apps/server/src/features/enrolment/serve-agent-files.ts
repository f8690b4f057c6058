import type { FastifyInstance } from 'fastify';
import { AppError } from '../../platform/app-error.js';
import { problemBody } from '../../platform/http/problem.filter.js';
import { agentFiles, readAgentFile } from './agent-files.js';
import type { AgentFile } from './agent-files.js';

/** The installer and the agent, for hosts that have neither yet; what they fetch they compare with a digest. */
export function serveAgentFiles(fastify: FastifyInstance): void {
  for (const name of Object.keys(agentFiles) as AgentFile[]) {
    fastify.get(`/agent/${name}`, async (request, reply) => {
      const content = await readAgentFile(name);
      if (content) {
        return reply.header('cache-control', 'no-cache').type(agentFiles[name].type).send(content);
      }
      const problem = new AppError('not_found', `This manager was built without ${name}.`);
      return reply.status(404).type('application/json; charset=utf-8').send(problemBody(problem, request.id));
    });
  }
}
