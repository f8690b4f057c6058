import { expect } from '@playwright/test';
import type { PictureBook } from './picture-book.js';

/** What is asked before an agent is let in, or anything is taken from one. */
export async function takeAgentStates(book: PictureBook): Promise<void> {
  const all = ['desk', 'dark', 'phone'] as const;
  await book.take(
    'agents.approve',
    async (page) => {
      await page.goto('/agents');
      await page.getByRole('button', { name: 'Approve probe-lab' }).click();
      await expect(page.getByRole('dialog').getByRole('checkbox').first()).toBeVisible();
    },
    all,
  );
  await book.take('agents.deny', async (page) => {
    await page.goto('/agents');
    await page.getByRole('button', { name: 'Deny probe-lab' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
  });
  await book.take(
    'agents-enrol.made',
    async (page) => {
      await page.goto('/agents?dialog=enrol');
      await page.getByRole('dialog').getByRole('button', { name: 'Create command' }).click();
      await expect(page.getByRole('dialog', { name: 'Paste this on the machine' })).toBeVisible();
    },
    all,
  );
  await book.take('agent-certificates.bundle', async (page) => {
    await page.goto('/agents/certificates');
    await page.getByRole('button', { name: 'Bundle for linux_patch_api' }).click();
    await page.getByRole('combobox', { name: 'Host' }).fill('gitlab-01');
    await page.getByRole('option', { name: 'gitlab-01' }).click();
    await page.getByRole('button', { name: 'Make bundle' }).click();
    await expect(page.getByRole('button', { name: 'Download' })).toBeVisible();
  });
}
