import type { HealthCheckView, HostView } from '@patchgate/contracts';
import type { CheckType } from './check-words.js';

/** What a dialog holds: every field of every type, named as the API names them, so that refusals find their field. */
export interface CheckValues {
  name: string;
  enabled: boolean;
  service_name: string;
  url: string;
  expected_body: string;
  ignore_cert_errors: boolean;
  basic_auth_user: string;
  basic_auth_pass: string;
  /** What becomes of the stored password; without one there is nothing but a new one. */
  password: 'keep' | 'replace' | 'clear';
  target_host: string;
  target_port: string;
  use_tls: boolean;
  use_client_cert: boolean;
  script_path: string;
}

export function newValues(type: CheckType, host: Pick<HostView, 'address'>): CheckValues {
  return {
    name: '',
    enabled: true,
    service_name: '',
    url: '',
    expected_body: type === 'fastcgi' ? 'pong' : '',
    ignore_cert_errors: type === 'http',
    basic_auth_user: '',
    basic_auth_pass: '',
    password: 'replace',
    target_host: host.address,
    target_port: type === 'fastcgi' ? '9000' : '',
    use_tls: false,
    use_client_cert: false,
    script_path: '/fpm-ping',
  };
}

export function valuesOf(check: HealthCheckView, host: Pick<HostView, 'address'>): CheckValues {
  const fresh = newValues(check.check_type, host);
  return {
    name: check.name,
    enabled: check.enabled,
    service_name: check.service_name ?? fresh.service_name,
    url: check.url ?? fresh.url,
    expected_body: check.expected_body ?? fresh.expected_body,
    ignore_cert_errors: check.ignore_cert_errors,
    basic_auth_user: check.basic_auth_user ?? '',
    basic_auth_pass: '',
    password: check.has_basic_auth_pass ? 'keep' : 'replace',
    target_host: check.target_host ?? fresh.target_host,
    target_port: check.target_port === undefined ? fresh.target_port : String(check.target_port),
    use_tls: check.use_tls ?? fresh.use_tls,
    use_client_cert: check.use_client_cert ?? fresh.use_client_cert,
    script_path: check.script_path ?? fresh.script_path,
  };
}

/** The body the API expects: the fields of the type and no others. A PUT replaces, so all of them are there. */
export function toCheckBody(type: CheckType, values: CheckValues, hasStoredPassword: boolean): object {
  const same = { name: values.name, enabled: values.enabled, check_type: type };
  switch (type) {
    case 'service':
      return { ...same, service_name: values.service_name };
    case 'http':
      return {
        ...same,
        url: values.url,
        expected_body: values.expected_body,
        ignore_cert_errors: values.ignore_cert_errors,
        basic_auth_user: values.basic_auth_user.trim() === '' ? null : values.basic_auth_user,
        ...passwordOf(values, hasStoredPassword),
      };
    case 'tcp':
      return {
        ...same,
        target_host: values.target_host.trim(),
        target_port: portOf(values.target_port),
        use_tls: values.use_tls,
        use_client_cert: values.use_tls && values.use_client_cert,
        ignore_cert_errors: values.use_tls && values.ignore_cert_errors,
      };
    case 'fastcgi':
      return {
        ...same,
        target_host: values.target_host.trim(),
        target_port: portOf(values.target_port),
        script_path: values.script_path.trim(),
        expected_body: values.expected_body,
      };
  }
}

/** Left out it is kept, null clears it. A password without its user could never be sent, so it goes with the user. */
function passwordOf(values: CheckValues, hasStored: boolean): { basic_auth_pass?: string | null } {
  if (hasStored && (values.password === 'clear' || values.basic_auth_user.trim() === '')) {
    return { basic_auth_pass: null };
  }
  if (values.password === 'keep') return {};
  // Nothing typed over a stored password is a mistake the schema names; with none stored it is simply none.
  return values.basic_auth_pass === '' && !hasStored ? {} : { basic_auth_pass: values.basic_auth_pass };
}

const portOf = (text: string): number => (/^\s*\d+\s*$/.test(text) ? Number(text) : Number.NaN);
