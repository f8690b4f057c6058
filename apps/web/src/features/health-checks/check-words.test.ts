import type { HealthCheckView } from '@patchgate/contracts';
import { healthCheckEndpoints } from '@patchgate/contracts';
import { expect, it } from 'vitest';
import { stateOf, targetOf, typeOf } from './check-words.js';

const example = healthCheckEndpoints.create.example.response;
const check = (fields: Partial<HealthCheckView>): HealthCheckView => ({ ...example, ...fields });
const tcp = { check_type: 'tcp', target_host: '10.20.4.17', target_port: 6380 } as const;

it.each([
  [{ check_type: 'service', service_name: 'nginx' }, 'Service', 'unit nginx'],
  [{ check_type: 'http', url: 'https://a.example/health' }, 'HTTP', 'https://a.example/health'],
  [{ ...tcp, use_tls: false }, 'TCP', '10.20.4.17:6380'],
  [{ ...tcp, use_tls: true }, 'TCP, TLS', '10.20.4.17:6380'],
  [
    { ...tcp, target_host: 'fd00::7', use_tls: true, use_client_cert: true },
    'TCP, mutual TLS',
    '[fd00::7]:6380',
  ],
  [{ ...tcp, check_type: 'fastcgi', script_path: '/fpm-ping' }, 'FastCGI', '10.20.4.17:6380 /fpm-ping'],
] as const)('says what %j asks', (fields, type, target) => {
  expect(typeOf(check(fields))).toBe(type);
  expect(targetOf(check(fields))).toBe(target);
});

it('does not show what a disabled check said last', () => {
  expect(stateOf({ enabled: false, status: 'healthy' })).toBe('disabled');
  expect(stateOf({ enabled: true, status: 'unhealthy' })).toBe('unhealthy');
});
