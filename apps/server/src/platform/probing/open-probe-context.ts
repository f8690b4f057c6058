import { readFile } from 'node:fs/promises';
import { TlsTrust, createDialPolicy, systemResolve } from '@patchgate/dial';
import { WorkPermits } from '@patchgate/probes';
import type { ProbeContext } from '@patchgate/probes';
import { ConfigError } from '../../config/config-error.js';
import type { Config } from '../../config/config.schema.js';
import type { Clock } from '../clock/clock.js';
import type { Logger } from '../logger/logger.js';
import { OwnListeners } from './own-listeners.js';

/** More at once only makes latencies lie (measured: 100 to 150 per process). */
const workLimit = 120;

/**
 * Everything probes of this process have in common: where they may go, how long they may take, whom they trust.
 *
 * @throws ConfigError when the client certificate cannot be used
 */
export async function openProbeContext(config: Config, clock: Clock, logger: Logger): Promise<ProbeContext> {
  const own = new OwnListeners(config, clock, logger);
  await own.refresh();
  const { allow, deny, clientCertificate } = config.probes;
  return {
    deadlineMs: config.checkTimeoutMs,
    policy: createDialPolicy({ allow, deny, own: () => own.read() }),
    resolve: systemResolve,
    trust: new TlsTrust(),
    mutualTrust: clientCertificate ? await mutualTrust(clientCertificate) : null,
    permits: new WorkPermits(workLimit),
    nowMs: () => clock.monotonicMs(),
  };
}

async function mutualTrust({ certFile, keyFile }: { certFile: string; keyFile: string }): Promise<TlsTrust> {
  const cert = await readPem('PATCHGATE_CLIENT_CERT', certFile);
  const key = await readPem('PATCHGATE_CLIENT_KEY', keyFile);
  try {
    return new TlsTrust({ client: { cert, key } });
  } catch (cause) {
    const expected = `the private key of the certificate in ${certFile}, both in PEM`;
    throw new ConfigError('PATCHGATE_CLIENT_KEY', keyFile, expected, { cause });
  }
}

async function readPem(variable: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const code = String((cause as NodeJS.ErrnoException).code);
    throw new ConfigError(variable, `${file} (${code})`, 'a PEM file that can be read', { cause });
  }
}
