import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { readConfig, variables } from '../../apps/server/src/config/config.schema.js';
import { readKeyRing } from '../../apps/server/src/platform/secrets/key-directory.js';
import { ringFileName } from '../../apps/server/src/platform/secrets/key-file.js';
import { keyBytes, toSecretKey } from '../../apps/server/src/platform/secrets/secret-key.js';
import { podsOf, readCompose, readDeployed, readKubernetes } from './deploy-files.js';

const newKey = () => {
  const bytes = randomBytes(keyBytes);
  return { bytes, id: toSecretKey(bytes).id };
};
const keys = { first: newKey(), second: newKey() };
const objects = readKubernetes();
const pods = podsOf(objects);
const settings = objects.find(({ kind }) => kind === 'ConfigMap')!.data!;
const kustomization = parse(readDeployed('deploy/kubernetes/kustomization.yaml')) as {
  resources: string[];
  images: { name: string; newName: string; newTag: string }[];
};

describe('the Kubernetes example', () => {
  test('has migrations, two apis and three workers, of the version that compose has', () => {
    expect(Object.keys(pods).sort()).toEqual(['patchgate-api', 'patchgate-migrate', 'patchgate-worker']);
    const replicas = (name: string) =>
      objects.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === name)?.spec?.replicas;
    expect([replicas('patchgate-api'), replicas('patchgate-worker')]).toEqual([2, 3]);
    const containers = Object.values(pods).flatMap(({ containers: main, initContainers = [] }) => [
      ...main,
      ...initContainers,
    ]);
    expect(new Set(containers.map(({ image }) => image))).toEqual(new Set(['patchgate']));
    const [image] = kustomization.images;
    expect(`${image!.name}:${image!.newTag}`).toBe(readCompose().services['api']!.image);
  });

  test('applies every file of its folder, so that none is forgotten', () => {
    const kinds = objects.map(({ kind }) => kind).sort();
    expect(kinds).toEqual(
      ['ConfigMap', 'Deployment', 'Deployment', 'Job', 'Namespace', 'NetworkPolicy', 'Service'].sort(),
    );
    for (const file of kustomization.resources)
      expect(() => readDeployed(`deploy/kubernetes/${file}`)).not.toThrow();
    expect(kustomization.resources).toHaveLength(6);
  });

  test.each(Object.entries(pods))(
    'SEC-O1 the pod %s is no root, cannot become it and cannot write to its root',
    (_name, pod) => {
      expect(pod.securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(readDeployed('Dockerfile')).toContain(
        `USER ${String(pod.securityContext['runAsUser'])}:${String(pod.securityContext['runAsGroup'])}`,
      );
      for (const { securityContext } of [...pod.containers, ...(pod.initContainers ?? [])]) {
        expect(securityContext).toEqual({
          readOnlyRootFilesystem: true,
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
        });
      }
    },
  );

  test.each([
    ['livenessProbe', '/live', [30, 10, 5, 3]],
    ['readinessProbe', '/ready', [10, 5, 3, 2]],
  ] as const)('has the %s on %s of both, on the management port', (name, path, times) => {
    const config = readConfig({});
    const ports = { 'patchgate-api': config.managementPort, 'patchgate-worker': config.workerManagementPort };
    for (const [pod, port] of Object.entries(ports)) {
      const [container] = pods[pod]!.containers;
      const probe = container![name]!;
      expect(probe.httpGet).toEqual({ path, port: 'management' });
      expect(container!.ports).toContainEqual({ name: 'management', containerPort: port });
      expect([
        probe.initialDelaySeconds,
        probe.periodSeconds,
        probe.timeoutSeconds,
        probe.failureThreshold,
      ]).toEqual(times);
    }
    expect(pods['patchgate-api']!.containers[0]!.ports).toContainEqual({
      name: 'web',
      containerPort: config.port,
    });
  });

  test('names settings that there are, with values that fit, and no secret among them', () => {
    const given = Object.values(pods).flatMap(({ containers }) => containers.flatMap(({ env = [] }) => env));
    const names = [...Object.keys(settings), ...given.map(({ name }) => name)];
    expect(names.filter((name) => !variables.includes(name))).toEqual([]);
    const values = [...Object.entries(settings), ...given.map(({ name, value }) => [name, value] as const)];
    const plain = Object.fromEntries(values.filter(([name]) => !name.endsWith('_FILE')));
    expect(() => readConfig(plain)).not.toThrow();
    expect(objects.filter(({ kind }) => kind === 'Secret')).toEqual([]);
  });

  test('mounts volumes that there are, and files of secrets where the settings look for them', () => {
    for (const { containers, initContainers = [], volumes } of Object.values(pods)) {
      for (const { volumeMounts, env = [] } of [...containers, ...initContainers]) {
        const names = volumes.map(({ name }) => name);
        expect(volumeMounts.filter(({ name }) => !names.includes(name))).toEqual([]);
        const files = env.filter(({ name }) => name.endsWith('_FILE')).map(({ value }) => value);
        const mounts = volumeMounts.map(({ mountPath }) => mountPath);
        expect(files.filter((file) => !mounts.some((mount) => file.startsWith(`${mount}/`)))).toEqual([]);
      }
      const database = containers[0]!.volumeMounts.find(({ name }) => name === 'database');
      expect(settings['DATABASE_URL_FILE']).toMatch(new RegExp(`^${database!.mountPath}/`));
    }
  });

  test('copies every key out of a mounted secret into a directory that a start accepts', async () => {
    const parent = mkdtempSync(path.join(tmpdir(), 'patchgate-pod-'));
    onTestFinished(() => rmSync(parent, { recursive: true }));
    const [secret, run] = [path.join(parent, 'secret'), path.join(parent, 'run')];
    // As the kubelet mounts them: links to files of another mode, and a directory that hands its group down.
    mkdirSync(path.join(secret, '..data'), { recursive: true });
    for (const [name, { bytes }] of [
      ['health-check.key', keys.first],
      [ringFileName(keys.second.id), keys.second],
    ] as const) {
      writeFileSync(path.join(secret, '..data', name), bytes, { mode: 0o440 });
      symlinkSync(`..data/${name}`, path.join(secret, name));
    }
    mkdirSync(run);
    chmodSync(run, 0o2777);
    for (const pod of ['patchgate-api', 'patchgate-worker']) {
      const [program = '', ...args] = pods[pod]!.initContainers![0]!.command!;
      const inside = args.map((arg) =>
        arg.replaceAll('/run/secrets/patchgate-key', secret).replaceAll('/run/patchgate', run),
      );
      expect(spawnSync(program, inside, { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
      const ring = await readKeyRing({ path: path.join(run, 'keys'), uid: process.getuid!() });
      expect([...ring.keys()].sort()).toEqual([keys.first.id, keys.second.id].sort());
      rmSync(path.join(run, 'keys'), { recursive: true });
    }
    expect(settings['PATCHGATE_KEY_DIR']).toBe('/run/patchgate/keys');
  });

  test('lets both drain before they are killed', () => {
    for (const name of ['patchgate-api', 'patchgate-worker'])
      expect(pods[name]!.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(30);
  });
});
