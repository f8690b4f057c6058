import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { demoEndpoints, endpoints } from '@patchgate/contracts';
import { ListenerWatch, bindWithRetry, listenerCheck } from '@patchgate/service-health';
import type { ReadFacts } from '@patchgate/service-health';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Server as TlsServer } from 'node:tls';
import { ApiModule } from '../api.module.js';
import { readConfig } from '../config/config.schema.js';
import { SetupService } from '../features/accounts/setup.service.js';
import { readDemoFile } from '../features/demo/demo-file.js';
import { serveAgentFiles } from '../features/enrolment/serve-agent-files.js';
import { keepCertificateFresh } from '../features/pki/keep-certificate-fresh.js';
import type { ServedCertificate } from '../features/pki/served-certificate.js';
import { EventService } from '../features/events/event.service.js';
import { workerCheck } from '../features/workers/worker-check.js';
import { openDatabase } from '../platform/database/open-database.js';
import { createHttpAdapter, prepareHttpServer } from '../platform/http/http-server.js';
import type { TlsOptions } from '../platform/http/http-server.js';
import { watchRoutes } from '../platform/http/route-table.js';
import { serveDocument } from '../platform/http/serve-document.js';
import { serveWeb } from '../platform/http/serve-web.js';
import { NestLogger } from '../platform/logger/nest-logger.js';
import type { Sealer } from '../platform/secrets/sealer.js';
import { openPki } from './open-pki.js';
import { openSecrets } from './open-secrets.js';
import { prepareFirstAdmin } from './prepare-first-admin.js';
import { openService } from './service.js';
import type { Service } from './service.js';

/** The api: HTTP for browsers and programs, static files for the browser. */
export async function runApi(process: NodeJS.Process): Promise<void> {
  const config = readConfig(process.env);
  let readFacts: ReadFacts = () => ({});
  const service = await openService({
    name: 'api',
    process,
    config,
    managementPort: config.managementPort,
    readFacts: () => readFacts(),
  });
  const watch = new ListenerWatch();
  service.health.registry.add(listenerCheck(watch));
  service.health.registry.add(workerCheck(service.dataSource));
  try {
    await openDatabase({ ...service, signal: service.stopping });
    const sealer = await openSecrets(service, process);
    const { certificate, authority } = await openPki(service, sealer);
    const app = await createApi({ ...service, sealer }, certificate?.current ?? null);
    readFacts = () => app.get(EventService).facts();
    const print = (line: string) => process.stdout.write(line);
    if (config.transport.kind === 'own_certificate') print(caLine(await authority.certificate()));
    await prepareFirstAdmin(app.get(SetupService), service, print);
    const bind = async () => {
      await app.listen(config.port, config.host);
      const address = app.getHttpServer().address();
      return { host: config.host, port: typeof address === 'object' && address ? address.port : config.port };
    };
    const isBound = await bindWithRetry({
      bind,
      watch,
      health: service.health,
      log: service.logger,
      signal: service.stopping,
    });
    if (isBound) {
      const renewing = certificate && keepFresh(app, certificate, service);
      service.health.serving();
      service.logger.info({ listener: watch.state }, 'api ready');
      if (!service.stopping.aborted) await once(service.stopping, 'abort');
      await renewing;
    }
    service.health.draining();
    await service.readers.haveSeenUnready();
    watch.closed();
    await app.close();
  } finally {
    await service.close();
  }
}

export async function createApi(
  service: Pick<Service, 'config' | 'clock' | 'logger' | 'dataSource' | 'activity'> & { sealer: Sealer },
  tls: TlsOptions | null,
) {
  const { demoFile } = service.config;
  const demo = demoFile === null ? null : readDemoFile(readFileSync(demoFile, 'utf8'));
  const app = await NestFactory.create<NestFastifyApplication>(
    ApiModule.with(service, service.sealer, demo),
    createHttpAdapter(service.config, tls),
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- the framework's options are a plain object
    {
      logger: new NestLogger(service.logger),
      abortOnError: false,
      forceCloseConnections: true,
    },
  );
  app.setGlobalPrefix('api/v1');
  const fastify = app.getHttpAdapter().getInstance();
  const assertRoutes = watchRoutes(fastify, demo ? { ...endpoints, demo: demoEndpoints } : endpoints);
  await prepareHttpServer(fastify, service.logger);
  fastify.addHook('onRequest', (_request, _reply, done) => {
    service.activity.connectionSeen();
    done();
  });
  serveAgentFiles(fastify);
  await serveDocument(fastify);
  await serveWeb(fastify, demo && { retrySeconds: service.config.runs.retryMs / 1000 });
  await app.init();
  assertRoutes();
  return app;
}

/** Printed for whoever started us: what a browser or a program has to trust. */
const caLine = (certificate: string): string => `${JSON.stringify({ ca_certificate: certificate })}\n`;

function keepFresh(
  app: NestFastifyApplication,
  certificate: ServedCertificate,
  { logger, stopping }: Service,
): Promise<void> {
  // Created with TLS options, so it is a server of TLS, which the framework's type does not say.
  const server = app.getHttpServer() as unknown as TlsServer;
  return keepCertificateFresh({ server, certificate, logger, signal: stopping });
}
