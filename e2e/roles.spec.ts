import { expect, test } from './patchgate.fixture.js';
import { goodPassword, unique, uniqueAddress } from './names.js';

test('an operator sees the hosts of their groups only, and is offered nothing they may not do', async ({
  api,
  pageOf,
}) => {
  const name = unique('vera');
  const [own, foreign] = [await api.group(unique('own')), await api.group(unique('foreign'))];
  const [mine, theirs] = [`${unique('mine')}.example.org`, `${unique('theirs')}.example.org`];
  await api.host(mine, uniqueAddress(), [own.id]);
  const hidden = await api.host(theirs, uniqueAddress(), [foreign.id]);
  const { id } = await api.user(name, 'operator', goodPassword);
  await api.join(own.id, id);

  const page = await pageOf(name, goodPassword);
  await expect(page.getByText('1 host in 1 group')).toBeVisible();
  const navigation = page.getByRole('navigation', { name: 'Main' });
  await expect(navigation.getByRole('link', { name: 'Users' })).toHaveCount(0);
  await navigation.getByRole('link', { name: 'Hosts' }).click();
  await expect(page.getByRole('link', { name: mine })).toBeVisible();
  await expect(page.getByRole('link', { name: theirs })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Add host' })).toHaveCount(0);
  // They pick hosts to deploy to, not to move them between groups.
  await page.getByRole('checkbox').last().check();
  const selection = page.getByRole('region', { name: 'Selection' });
  await expect(selection.getByRole('link', { name: 'Deploy to 1 host' })).toBeVisible();
  await expect(selection.getByRole('button', { name: 'Add to group' })).toHaveCount(0);

  await page.goto(`/hosts/${hidden.id}`);
  await expect(page.getByRole('heading', { name: 'There is no such host' })).toBeVisible();
  await page.goto('/users');
  await expect(page.getByRole('heading', { name: 'People are managed by administrators' })).toBeVisible();
  await page.goto('/agents/certificates');
  await expect(page.getByRole('heading', { name: 'Agents are let in by administrators' })).toBeVisible();
  await page.goto('/groups');
  await expect(page.getByRole('link', { name: own.name, exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: foreign.name, exact: true })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Create group' })).toHaveCount(0);
});

test('a viewer without a group is told why there is nothing to see', async ({ api, pageOf }) => {
  const name = unique('wim');
  await api.user(name, 'viewer', goodPassword);
  const page = await pageOf(name, goodPassword);
  await expect(page.getByRole('heading', { name: 'No hosts in your groups yet' })).toBeVisible();
  await page.goto('/groups');
  await expect(page.getByRole('heading', { name: 'You are in no group yet' })).toBeVisible();
});
