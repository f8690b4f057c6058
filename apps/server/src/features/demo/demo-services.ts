import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { SetupService } from '../accounts/setup.service.js';
import { UserService } from '../accounts/user.service.js';
import { GroupService } from '../groups/group.service.js';
import { HealthCheckService } from '../health-checks/health-check.service.js';
import { HostService } from '../hosts/host.service.js';
import { OrderService } from '../jobs/order.service.js';
import { AgentCertificateService } from '../pki/agent-certificate.service.js';
import { AuthorityService } from '../pki/authority.service.js';
import { ResultRecorder } from '../results/result-recorder.js';
import { WindowService } from '../windows/window.service.js';
import type { DemoClock } from './demo-clock.js';

/** The services of a whole api, through which the demo is laid out as people would. */
export const demoServices = (app: INestApplicationContext, clock: DemoClock) => ({
  clock,
  dataSource: app.get(DataSource),
  unitOfWork: app.get(UnitOfWork),
  setup: app.get(SetupService),
  users: app.get(UserService),
  groups: app.get(GroupService),
  hosts: app.get(HostService),
  checks: app.get(HealthCheckService),
  certificates: app.get(AgentCertificateService),
  authority: app.get(AuthorityService),
  windows: app.get(WindowService),
  orders: app.get(OrderService),
  recorder: app.get(ResultRecorder),
});
export type DemoServices = ReturnType<typeof demoServices>;
