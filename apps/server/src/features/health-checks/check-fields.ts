import type { CheckInput } from '@patchgate/contracts';
import type { CheckFields } from './health-check.row.js';

const none = {
  service_name: null,
  url: null,
  expected_body: null,
  basic_auth_user: null,
  target_host: null,
  target_port: null,
  use_tls: null,
  use_client_cert: null,
  script_path: null,
};

/** A check as it was sent, defaults filled in, as the columns of its row. */
export function fieldsOf(input: CheckInput): CheckFields {
  switch (input.check_type) {
    case 'service': {
      const { check_type, service_name } = input;
      return { ...none, check_type, service_name, ignore_cert_errors: false };
    }
    case 'http': {
      const { check_type, url, expected_body, ignore_cert_errors, basic_auth_user = null } = input;
      return { ...none, check_type, url, expected_body, ignore_cert_errors, basic_auth_user };
    }
    case 'tcp': {
      const { check_type, target_host, target_port, use_tls, use_client_cert, ignore_cert_errors } = input;
      return { ...none, check_type, target_host, target_port, use_tls, use_client_cert, ignore_cert_errors };
    }
    case 'fastcgi': {
      const { check_type, target_host, target_port, script_path, expected_body } = input;
      const target = { target_host, target_port, script_path, expected_body };
      return { ...none, check_type, ...target, ignore_cert_errors: false };
    }
  }
}

/** The names of the fields that differ. */
export const changedFields = (before: CheckFields, after: CheckFields): string[] =>
  (Object.keys(after) as (keyof CheckFields)[]).filter((field) => before[field] !== after[field]);
