import {
  enrollmentEndpoints,
  enrollmentTokenEndpoints,
  hostEndpoints,
  pkiEndpoints,
} from '@patchgate/contracts';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../../lib/api.js';
import { nextCursor } from '../../lib/list-query.js';

const pageOf = (limit: number, cursor: string) => ({ limit, ...(cursor !== '' && { cursor }) });

export const enrolmentsQuery = infiniteQueryOptions({
  queryKey: ['enrolments', 'list'],
  queryFn: ({ pageParam, signal }) =>
    call(enrollmentEndpoints.list, { query: pageOf(50, pageParam) }, signal),
  initialPageParam: '',
  getNextPageParam: nextCursor,
});

export const enrolmentTokensQuery = infiniteQueryOptions({
  queryKey: ['enrolment-tokens', 'list'],
  queryFn: ({ pageParam, signal }) =>
    call(enrollmentTokenEndpoints.list, { query: pageOf(200, pageParam) }, signal),
  initialPageParam: '',
  getNextPageParam: nextCursor,
});

export const certificatesQuery = infiniteQueryOptions({
  queryKey: ['agent-certificates', 'list'],
  queryFn: ({ pageParam, signal }) =>
    call(pkiEndpoints.listCertificates, { query: pageOf(200, pageParam) }, signal),
  initialPageParam: '',
  getNextPageParam: nextCursor,
});

export const bundleHostsQuery = (q: string) =>
  queryOptions({
    queryKey: ['hosts', 'bundle', q],
    queryFn: ({ signal }) => call(hostEndpoints.list, { query: { q, sort: 'fqdn', limit: 30 } }, signal),
    placeholderData: keepPreviousData,
  });
