import { Controller, Header, Req } from '@nestjs/common';
import { enrollmentEndpoints } from '@patchgate/contracts';
import type { EnrollmentView, InputOf } from '@patchgate/contracts';
import type { FastifyRequest } from 'fastify';
import { CallerOf } from '../../platform/http/caller.js';
import type { Caller, Principal } from '../../platform/http/caller.js';
import { Input, Route } from '../../platform/http/route.js';
import { hostView } from '../hosts/host.views.js';
import { osFactsOf } from './applicant.js';
import { EnrollmentDecisionService } from './enrollment-decision.service.js';
import { EnrollmentService } from './enrollment.service.js';

@Controller()
export class EnrollmentsController {
  constructor(
    private readonly enrollments: EnrollmentService,
    private readonly decisions: EnrollmentDecisionService,
  ) {}

  @Route(enrollmentEndpoints.request)
  @Header('cache-control', 'no-store')
  async request(
    @Input() { body }: InputOf<typeof enrollmentEndpoints.request>,
    @CallerOf() { sourceAddress }: Caller<Principal | null>,
  ) {
    return { polling_token: await this.enrollments.request(sourceAddress, body) };
  }

  @Route(enrollmentEndpoints.status)
  @Header('cache-control', 'no-store')
  status(
    @Input() { params }: InputOf<typeof enrollmentEndpoints.status>,
    @CallerOf() { sourceAddress }: Caller<Principal | null>,
    @Req() { method }: FastifyRequest,
  ) {
    return this.enrollments.status(sourceAddress, params.polling_token, method === 'HEAD');
  }

  @Route(enrollmentEndpoints.list)
  async list(@Input() { query }: InputOf<typeof enrollmentEndpoints.list>) {
    const { rows, nextCursor, total } = await this.decisions.list(query);
    return { items: rows.map(enrollmentView), next_cursor: nextCursor, total };
  }

  @Route(enrollmentEndpoints.approve)
  async approve(
    @Input() { params, body }: InputOf<typeof enrollmentEndpoints.approve>,
    @CallerOf() caller: Caller,
  ) {
    return hostView(await this.decisions.approve(caller, params.id, body.group_ids));
  }

  @Route(enrollmentEndpoints.deny)
  async deny(@Input() { params }: InputOf<typeof enrollmentEndpoints.deny>, @CallerOf() caller: Caller) {
    await this.decisions.deny(caller, params.id);
    return undefined;
  }
}

type Waiting = Awaited<ReturnType<EnrollmentDecisionService['list']>>['rows'][number];

const enrollmentView = ({ os_details, vouched_by, group, csr: _csr, ...row }: Waiting): EnrollmentView => ({
  ...row,
  ...osFactsOf({ os_details }),
  vouched_by: vouched_by === null ? null : { username: vouched_by, group },
  created_at: row.created_at.toISOString(),
  expires_at: row.expires_at.toISOString(),
});
