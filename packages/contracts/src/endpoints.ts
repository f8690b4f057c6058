import { auditLogEndpoints } from './audit-log.contract.js';
import type { Endpoint } from './endpoint.js';
import { enrollmentEndpoints, enrollmentTokenEndpoints } from './enrollment.contract.js';
import { eventEndpoints } from './event.contract.js';
import { groupEndpoints } from './group.contract.js';
import { healthCheckEndpoints } from './health-check.contract.js';
import { hostEndpoints } from './host.contract.js';
import { maintenanceWindowEndpoints } from './maintenance-window.contract.js';
import { overviewEndpoints } from './overview.contract.js';
import { patchJobEndpoints } from './patch-job.contract.js';
import { patchRunEndpoints } from './patch-run.contract.js';
import { pkiEndpoints } from './pki.contract.js';
import { apiTokenEndpoints, sessionEndpoints } from './session.contract.js';
import { userEndpoints } from './user.contract.js';

/** Every operation of the API by area; the OpenAPI document and the tests over all routes are made from it. */
export const endpoints = {
  session: sessionEndpoints,
  api_tokens: apiTokenEndpoints,
  users: userEndpoints,
  groups: groupEndpoints,
  hosts: hostEndpoints,
  health_checks: healthCheckEndpoints,
  maintenance_windows: maintenanceWindowEndpoints,
  patch_jobs: patchJobEndpoints,
  patch_runs: patchRunEndpoints,
  overview: overviewEndpoints,
  events: eventEndpoints,
  audit_log: auditLogEndpoints,
  pki: pkiEndpoints,
  enrollments: enrollmentEndpoints,
  enrollment_tokens: enrollmentTokenEndpoints,
} as const satisfies Record<string, Record<string, Endpoint>>;
