import {
  Header,
  HttpCode,
  RequestMapping,
  RequestMethod,
  SerializeOptions,
  SetMetadata,
  applyDecorators,
  createParamDecorator,
} from '@nestjs/common';
import type { ExecutionContext, StreamableFile } from '@nestjs/common';
import type { Endpoint, InputOf } from '@patchgate/contracts';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { parseInput } from './parse-input.js';

const ENDPOINT = Symbol('ENDPOINT');

type Answer<E extends Endpoint> = E extends { mediaType: 'text/event-stream' }
  ? StreamableFile
  : E['response'] extends z.ZodType
    ? z.input<E['response']>
    : undefined;
type Handler<E extends Endpoint> = (input: InputOf<E>, ...rest: never[]) => Promise<Answer<E>>;

/** Binds a controller method to its contract: path, verb, access, request and response, checked by the compiler too. */
export function Route<E extends Endpoint>(endpoint: E) {
  const apply = applyDecorators(
    RequestMapping({ path: endpoint.path, method: RequestMethod[endpoint.method] }),
    HttpCode(endpoint.status),
    SetMetadata(ENDPOINT, endpoint),
    ...(endpoint.response ? [SerializeOptions({ schema: endpoint.response })] : []),
    ...(endpoint.mediaType ? [Header('content-type', endpoint.mediaType)] : []),
  );
  return <T extends Handler<E>>(
    target: object,
    key: string,
    descriptor: TypedPropertyDescriptor<T>,
  ): void => {
    apply(target, key, descriptor);
  };
}

export const endpointOf = (context: ExecutionContext): Endpoint | undefined =>
  Reflect.getMetadata(ENDPOINT, context.getHandler()) as Endpoint | undefined;

/** Injects `{ params, query, body }`, parsed by the contract; runs after the guard, so strangers learn no field names. */
export const Input = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const endpoint = endpointOf(context);
  if (!endpoint) throw new Error('a handler without a contract');
  return parseInput(endpoint, context.switchToHttp().getRequest<FastifyRequest>());
});
