import { serverKeyColumn } from './features/enrolment/server-key.js';
import { basicAuthColumn } from './features/health-checks/basic-auth-password.js';
import { authorityKeyColumn } from './features/pki/authority.repository.js';
import { managerKeyColumn } from './features/pki/manager-key.repository.js';

/** All of them: one that is missing here is one whose lost key nobody would notice at the start. */
export const sealedColumns = [authorityKeyColumn, basicAuthColumn, managerKeyColumn, serverKeyColumn];
