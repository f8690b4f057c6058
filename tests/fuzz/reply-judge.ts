import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv';
import type { ApiDocument, Operation } from './api-document.js';
import type { WireReply } from './http-client.js';
import type { Principal } from './principals.js';
import type { Viewer, VisibleObjects } from './visible-objects.js';
import type { WireRequest } from './wire-request.js';

/** One request with its answer; `operation` is undefined where the document knows no such operation. */
export interface Exchange {
  readonly operation: Operation | undefined;
  readonly principal: Principal;
  /** When the request was sent: an administrator may have taken his own rights away by it. */
  readonly role: string;
  readonly request: WireRequest;
  readonly reply: WireReply;
}

/** In other words than the server's, so that a mistake there is not repeated here. */
const allowedRoles: Readonly<Record<string, readonly string[]>> = {
  public: ['nobody', 'viewer', 'operator', 'admin'],
  viewer: ['viewer', 'operator', 'admin'],
  operator: ['operator', 'admin'],
  admin: ['admin'],
};
const json = 'application/json';
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Holds every answer against the document and against who may see what. */
export class ReplyJudge {
  private readonly ajv = new Ajv2020({
    // OpenAPI has words of its own beside those of JSON Schema.
    strictSchema: false,
    allErrors: true,
    validateFormats: true,
    formats: { uuid, 'date-time': instant },
    logger: false,
  });
  private readonly checks = new Map<string, ValidateFunction>();

  constructor(
    document: ApiDocument,
    private readonly objects: VisibleObjects,
  ) {
    this.ajv.addSchema(document, 'document', true);
  }

  /** What is wrong with the answer, or null. */
  judge(exchange: Exchange): string | null {
    const { request, reply, operation } = exchange;
    if (reply.status >= 500) return `a ${reply.status}`;
    return (
      this.mismatch(exchange) ??
      (request.method === 'HEAD' || !operation ? null : this.trespass(exchange, operation)) ??
      this.leak(exchange)
    );
  }

  private mismatch({ operation, request, reply }: Exchange): string | null {
    if (request.method === 'HEAD') return reply.text === '' ? null : 'a body in the answer to HEAD';
    if (!operation) {
      if (reply.status < 400) return `${reply.status} from an operation that the document does not know`;
      return this.violation('#/components/schemas/Problem', json, reply);
    }
    if (!operation.statuses.has(reply.status)) return `status ${reply.status} is not in the document`;
    const mediaType = operation.statuses.get(reply.status);
    if (mediaType === undefined) return reply.text === '' ? null : `a body with status ${reply.status}`;
    const path = escaped(operation.path);
    return this.violation(
      `#/paths/${path}/${operation.method.toLowerCase()}/responses/${reply.status}/content/${escaped(mediaType)}/schema`,
      mediaType,
      reply,
    );
  }

  private violation(pointer: string, mediaType: string, { contentType, text }: WireReply): string | null {
    if (!contentType.startsWith(mediaType)) return `content type ${contentType || 'is missing'}`;
    const check = this.checks.get(pointer) ?? this.ajv.compile({ $ref: `document${encodeURI(pointer)}` });
    this.checks.set(pointer, check);
    if (check(mediaType === json ? JSON.parse(text) : text)) return null;
    return `the body does not fit its schema: ${this.ajv.errorsText(check.errors)}`;
  }

  /** A success that the role or the kind of credential does not allow. */
  private trespass({ principal, role, reply }: Exchange, operation: Operation): string | null {
    if (reply.status >= 300) return null;
    if (!allowedRoles[operation.access]?.includes(role))
      return `${operation.access} only, yet done for ${role}`;
    return operation.isSessionOnly && principal.kind !== 'session' ? 'done with an API token' : null;
  }

  private leak({ operation, principal, role, request, reply }: Exchange): string | null {
    if (reply.text === '' || role === 'admin') return null;
    const shown = shownBy(operation, principal, reply);
    const written = `${decoded(request.path)} ${String(request.body ?? '')}`;
    const foreign = this.objects.foreignIn(this.readerOf(operation, principal, reply), shown, written);
    return foreign.length > 0 ? `names what the caller may not see: ${foreign.join(', ')}` : null;
  }

  /** Who signs in is from then on who he says, whoever sent the request. */
  private readerOf(operation: Operation | undefined, { viewer }: Principal, reply: WireReply): Viewer {
    if (operation?.name !== 'session.login' || reply.status !== 200) return viewer;
    return (JSON.parse(reply.text) as { user: { id: string } }).user.id;
  }
}

/** What of an answer has to be judged. */
function shownBy(
  operation: Operation | undefined,
  principal: Principal,
  { status, text }: WireReply,
): string {
  if (operation?.name === 'audit_log.list') return ofOthers(text, principal);
  // Whoever holds the token is the host itself.
  if (operation?.name === 'enrollments.status' && status === 200) {
    return JSON.stringify({ ...(JSON.parse(text) as object), host_id: null });
  }
  return text;
}

/** As one step of a JSON pointer (RFC 6901). */
const escaped = (step: string): string => step.replaceAll('~', '~0').replaceAll('/', '~1');

/** The trail names who acted, and one's own acts stay one's own; the rest of it is judged. */
function ofOthers(text: string, { viewer }: Principal): string {
  const { items } = JSON.parse(text) as { items?: { actor_id: string | null; actor_name: string }[] };
  if (!items) return text;
  const others = items.filter(({ actor_id }) => actor_id !== viewer);
  return JSON.stringify(others.map(({ actor_id: _id, actor_name: _name, ...rest }) => rest));
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // Half of a percent sign: then it is its own spelling.
    return path;
  }
}
