import type { RunReport } from '@patchgate/contracts/agent';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, vi } from 'vitest';

import { TestHost } from '../agent/running-agent.fixture.js';
import { PrivateApt } from '../packages/apt/private-apt.fixture.js';

interface UpgradeOptions {
  readonly name?: string;
  /** Shell lines that the new version runs when it is configured. */
  readonly onConfigure?: string;
  readonly settings?: object;
}

/** A running agent on a host whose real apt has one upgrade. */
export class HostWithUpgrade {
  private constructor(
    readonly apt: PrivateApt,
    readonly host: TestHost,
  ) {}

  static async create({ name = 'lamp', onConfigure = '', settings = {} }: UpgradeOptions = {}) {
    const apt = PrivateApt.create();
    apt.install({ name, version: '1.0' });
    apt.archive({ label: 'Debian-Security', suite: 'stable-security' }, [
      { name, version: '1.1', onConfigure },
    ]);
    const host = await TestHost.create(settings, apt.environment);
    return new HostWithUpgrade(apt, await host.start());
  }

  /** The same, with an upgrade that stands still in the middle until it is let go on. */
  static async withSlowUpgrade(settings: object = {}): Promise<HostWithUpgrade & { letGoOn: () => void }> {
    const gate = `"$(dirname "$DPKG_ROOT")/go-on"`;
    // A test that has ended takes the root away, and nobody is left to let it go on.
    const onConfigure = `while [ -e "$DPKG_ROOT" ] && [ ! -e ${gate} ]; do sleep 0.05; done`;
    const made = await HostWithUpgrade.create({ onConfigure, settings });
    return Object.assign(made, { letGoOn: () => writeFileSync(path.join(made.apt.directory, 'go-on'), '') });
  }

  order(runId: string, order: object) {
    return this.host.call('PUT', `/api/v1/runs/${runId}`, order);
  }

  async report(runId: string, after = 0): Promise<RunReport> {
    const { json } = await this.host.call('GET', `/api/v1/runs/${runId}?after=${after}`);
    return json.data as RunReport;
  }

  /** The report once it is as expected. */
  until(runId: string, expected: Partial<RunReport>): Promise<RunReport> {
    return vi.waitFor(
      async () => {
        const report = await this.report(runId);
        expect(report).toMatchObject(expected);
        return report;
      },
      { timeout: 40_000, interval: 100 },
    );
  }

  /** Waits until the package system itself is at work on the package. */
  async isConfiguring(): Promise<void> {
    await vi.waitFor(() => expect(this.apt.ledger).toHaveLength(1), { timeout: 40_000, interval: 20 });
  }
}
