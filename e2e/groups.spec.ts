import { expect, test } from './patchgate.fixture.js';
import { goodPassword, unique, uniqueAddress } from './names.js';

test('a group is created once, gets people and hosts, and goes without taking them along', async ({
  page,
  api,
}) => {
  const name = unique('crew');
  const person = await api.user(unique('sven'), 'operator', goodPassword);
  const host = await api.host(`${unique('crewed')}.example.org`, uniqueAddress());
  await page.goto('/groups');
  const create = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Create group' }).first().click();
    await page.getByRole('dialog').getByLabel('Name').fill(name);
    await page.getByRole('dialog').getByRole('button', { name: 'Create group' }).click();
  };
  await create();
  await expect(page.getByText(`Group ${name} created.`)).toBeVisible();
  await create();
  await expect(page.getByRole('dialog').getByLabel('Name')).toHaveAccessibleDescription(/already/);
  await page.getByRole('button', { name: 'Cancel' }).click();

  await page.getByLabel('Search groups').fill(name);
  await page.getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Nobody is in this group' })).toBeVisible();
  await page.getByRole('button', { name: 'Add person' }).click();
  await page.getByRole('combobox', { name: 'Person' }).fill(person.username);
  await page.getByRole('option', { name: person.username }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Add person' }).click();
  const people = page.getByRole('region', { name: 'People' });
  await expect(people.getByRole('listitem').filter({ hasText: person.username })).toBeVisible();

  await page.getByRole('button', { name: 'Add host' }).click();
  await page.getByRole('combobox', { name: 'Host' }).fill(host.fqdn);
  await page.getByRole('option', { name: host.fqdn }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Add host' }).click();
  await expect(
    page.getByRole('region', { name: 'Hosts' }).getByRole('link', { name: host.fqdn }),
  ).toBeVisible();

  await people.getByRole('button', { name: `Take ${person.username} out` }).click();
  await page.getByRole('button', { name: 'Take out' }).click();
  await expect(page.getByRole('heading', { name: 'Nobody is in this group' })).toBeVisible();

  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('button', { name: 'Delete group' }).click();
  await expect(page).toHaveURL(/\/groups$/);
  await page.goto(`/hosts/${host.id}`);
  await expect(page.getByText('In no group')).toBeVisible();
});
