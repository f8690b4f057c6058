// What people ask of the list of hosts: pages, filters, searches, and the pages after the first.

/** @typedef {{ path: string, cookie: string }} ListRequest */

/**
 * @param {string} url
 * @param {readonly string[]} cookies one per person; each asks for everything
 * @param {readonly string[]} groups
 * @returns {Promise<ListRequest[]>}
 */
export async function listRequests(url, cookies, groups) {
  const first = [
    '',
    'limit=50',
    'sort=fqdn',
    'sort=-fqdn',
    'sort=address',
    'sort=-patches_security',
    'health=unhealthy',
    'health=healthy&sort=fqdn',
    'health=none',
    'agent=unreachable',
    'agent=connected&sort=-patches_security',
    'q=web',
    'q=web-01',
    'q=10.0.3',
    'q=nothing-like-it',
    'q=erp&health=unhealthy',
    `group=${groups[0] ?? ''}`,
    `group=${groups.at(-1) ?? ''}&sort=fqdn`,
    `group=${groups[0] ?? ''}&q=db&agent=connected`,
  ];
  const requests = [];
  for (const cookie of cookies) {
    for (const query of first) requests.push(...(await pagesOf(url, cookie, query)));
  }
  return requests;
}

/**
 * The first page, the third and the sixth.
 *
 * @param {string} url
 * @param {string} cookie
 * @param {string} query
 */
async function pagesOf(url, cookie, query) {
  const requests = [];
  let path = `/api/v1/hosts?${query}`;
  for (let page = 1; page <= 6; page += 1) {
    if ([1, 3, 6].includes(page)) requests.push({ path, cookie });
    const response = await fetch(url + path, { headers: { cookie } });
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    const { next_cursor } = /** @type {any} */ (await response.json());
    if (next_cursor === null) break;
    path = `/api/v1/hosts?${query}&cursor=${next_cursor}`;
  }
  return requests;
}
