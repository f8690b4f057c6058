import type { Operation } from './api-document.js';
import type { HttpClient, WireReply } from './http-client.js';
import type { Installation } from './installation.js';
import type { Principal } from './principals.js';
import { Memory } from './reference.js';
import type { ReplyJudge } from './reply-judge.js';
import type { RequestPlan } from './request-plan.js';
import type { VisibleObjects } from './visible-objects.js';
import { toWire } from './wire-request.js';
import type { WireRequest } from './wire-request.js';

export interface Parts {
  readonly client: HttpClient;
  readonly installation: Installation;
  readonly judge: ReplyJudge;
  /** What is known in the beginning. */
  readonly memory: Memory;
  readonly objects: VisibleObjects;
  readonly operations: readonly Operation[];
  readonly principals: readonly Principal[];
}

/** Sends sequences of requests, each on the installation as it was in the beginning. */
export class SequenceRunner {
  sent = 0;
  private readonly answers = new Map<string, number>();

  constructor(private readonly parts: Parts) {}

  /** @throws at the first wrong answer, with all requests up to it */
  async run(plans: readonly RequestPlan[]): Promise<void> {
    const { installation, objects } = this.parts;
    await installation.restore();
    await objects.refresh();
    const memory = new Memory(this.parts.memory);
    const principals = this.parts.principals.map((principal) => ({ ...principal }));
    const story: string[] = [];
    for (const plan of plans) {
      const principal = principals[plan.principal % principals.length]!;
      const request = toWire(plan, memory, principal.credential);
      story.push(tell(principal, request));
      const role = objects.roleOf(principal.viewer) ?? 'nobody';
      const reply = await this.send(request, story);
      story.push(`    ${reply.status} ${cut(reply.text)}`);
      const operation = this.operationOf(plan, request.method);
      if (isChange(request, reply)) await objects.refresh();
      const wrong = this.parts.judge.judge({ operation, principal, role, request, reply });
      if (wrong !== null) throw new Error(`${wrong}\n${story.join('\n')}`);
      this.count(operation?.name ?? 'not in the document', reply.status);
      if (operation && hasJson(reply)) this.learn(operation, principal, reply, memory);
    }
  }

  /** How many answers had a status, of all operations or of one. */
  countOf(status: number, operation = ''): number {
    const wanted = `${operation} ${status}`;
    return [...this.answers].reduce((sum, [key, n]) => (key.endsWith(wanted) ? sum + n : sum), 0);
  }

  private async send(request: WireRequest, story: readonly string[]): Promise<WireReply> {
    this.sent += 1;
    try {
      return await this.parts.client.send(request);
    } catch (error) {
      throw new Error(`no answer\n${story.join('\n')}`, { cause: error });
    }
  }

  /** A twisted method may be another operation of the same path, or none. */
  private operationOf({ operation }: RequestPlan, sent: string): Operation | undefined {
    const method = sent === 'HEAD' ? 'GET' : sent;
    return this.parts.operations.find((other) => other.path === operation.path && other.method === method);
  }

  private learn(operation: Operation, principal: Principal, reply: WireReply, memory: Memory): void {
    memory.learn(operation.area, JSON.parse(reply.text));
    // A new session replaces the one that a change of password has ended.
    if (reply.cookie !== undefined && operation.name === 'session.changePassword')
      principal.credential = { cookie: reply.cookie };
  }

  private count(name: string, status: number): void {
    const key = `${name} ${status}`;
    this.answers.set(key, (this.answers.get(key) ?? 0) + 1);
  }
}

const hasJson = ({ status, contentType, text }: WireReply): boolean =>
  status < 300 && text !== '' && contentType.startsWith('application/json');

const isChange = ({ method }: WireRequest, { status }: WireReply): boolean =>
  status < 300 && !['GET', 'HEAD'].includes(method);

const tell = ({ name }: Principal, { method, path, headers, body }: WireRequest): string => {
  const shown = Object.entries(headers).filter(([header]) => header !== 'x-patchgate-request');
  const lines = shown.map(([header, value]) => `    ${header}: ${cut(value)}`);
  return [
    `${name}: ${method} ${cut(path)}`,
    ...lines,
    ...(body === undefined ? [] : [`    ${cut(JSON.stringify(body.toString()))}`]),
  ].join('\n');
};

const cut = (text: string): string =>
  text.length > 400 ? `${text.slice(0, 400)}… (${text.length} characters)` : text;
