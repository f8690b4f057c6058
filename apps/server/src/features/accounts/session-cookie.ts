import type { FastifyReply, FastifyRequest } from 'fastify';

/** The prefix makes browsers insist on Secure, Path=/ and no Domain, so no sibling host can set it (RFC 6265bis). */
const name = '__Host-sid';
const attributes = { path: '/', secure: true, httpOnly: true, sameSite: 'strict' } as const;

export const readSessionCookie = ({ cookies }: FastifyRequest): string | undefined => cookies[name];

export function setSessionCookie(reply: FastifyReply, token: string): void {
  void reply.setCookie(name, token, attributes);
}

export function clearSessionCookie(reply: FastifyReply): void {
  void reply.clearCookie(name, attributes);
}
