import type { Page } from '@playwright/test';
import path from 'node:path';
import { freePorts } from '../tests/free-ports.js';
import { PrivateSystemd } from '../tests/private-systemd.js';
import { expect as strict, test as base } from './own-server.fixture.js';
import { WalkThrough, settingsIn } from './walk-through.js';

export interface Ports {
  readonly page: number;
  readonly tls: number;
  readonly fpm: number;
  readonly agent: number;
}

export interface PictureOptions {
  /** Whether the pictures of the walk-through are to be taken. */
  takesPictures: boolean;
}

interface Fixtures {
  ports: Ports;
  walkThrough: WalkThrough;
  host: PrivateSystemd;
  /** Keeps what a page shows now as a picture of the walk-through. */
  takePicture: (page: Page, name: string) => Promise<void>;
}

const pageColor = '#f8f9fb';
const pictures = path.resolve(import.meta.dirname, '../docs/pictures');

/** Systemd, apt and a manager of its own are at work beside the browser. */
export const expect = strict.configure({ timeout: 15_000 });

/** A Debian with systemd, set up by the commands of the walk-through, and a manager with its settings. */
export const test = base.extend<PictureOptions & Fixtures>({
  takesPictures: [false, { option: true }],

  ports: async ({}, use) => {
    const [page = 0, tls = 0, fpm = 0, agent = 0] = await freePorts(4);
    await use({ page, tls, fpm, agent });
  },

  walkThrough: async ({ ports }, use) => {
    await use(new WalkThrough({ 8088: ports.page, 8443: ports.tls, 9000: ports.fpm }));
  },

  settings: async ({ walkThrough }, use) => {
    await use(settingsIn(walkThrough.commandsOf('The manager')));
  },

  host: async ({ walkThrough }, use) => {
    const host = await PrivateSystemd.start();
    try {
      host.run('hostname', 'shop-web-01');
      host.run('sh', '-euc', walkThrough.commandsOf('The host'));
      await use(host);
    } finally {
      await host.stop();
    }
  },

  takePicture: async ({ takesPictures }, use) => {
    await use(async (page, name) => {
      if (!takesPictures) return;
      await page.screenshot({
        path: path.join(pictures, `walk-through-${name}.png`),
        animations: 'disabled',
        // Those of whatever machine this runs on are nobody's business, and others each time.
        mask: [page.getByRole('region', { name: 'Facts' })],
        maskColor: pageColor,
      });
    });
  },
});
