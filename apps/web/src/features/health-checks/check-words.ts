import type { HealthCheckView } from '@patchgate/contracts';
import type { StateName } from '../../ui/states.js';

export type CheckType = HealthCheckView['check_type'];

export const checkTypes = ['service', 'http', 'tcp', 'fastcgi'] as const satisfies readonly CheckType[];

export const typeWords: Record<CheckType, string> = {
  service: 'Service',
  http: 'HTTP',
  tcp: 'TCP',
  fastcgi: 'FastCGI',
};

/** The type with what makes it another question: `TCP, mutual TLS`. */
export function typeOf({ check_type: type, use_tls, use_client_cert }: HealthCheckView): string {
  if (type !== 'tcp' || use_tls !== true) return typeWords[type];
  return use_client_cert === true ? 'TCP, mutual TLS' : 'TCP, TLS';
}

/** What a check asks, as short as a row: `https://shop.example.org/health`, `10.20.4.17:9000 /fpm-ping`. */
export function targetOf(check: HealthCheckView): string {
  switch (check.check_type) {
    case 'service':
      return `unit ${check.service_name ?? ''}`;
    case 'http':
      return check.url ?? '';
    case 'tcp':
      return authority(check);
    case 'fastcgi':
      return `${authority(check)} ${check.script_path ?? ''}`;
  }
}

/** An IPv6 address stands in brackets, or its port would read as a part of it. */
function authority({ target_host: host = '', target_port: port = 0 }: HealthCheckView): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** A disabled check is neither polled nor asked by the gate, whatever it said last. */
export const stateOf = (check: Pick<HealthCheckView, 'enabled' | 'status'>): StateName =>
  check.enabled ? check.status : 'disabled';
