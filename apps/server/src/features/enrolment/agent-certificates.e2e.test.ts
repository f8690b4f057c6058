import 'reflect-metadata';
import { X509Certificate as ParsedCertificate, X509Crl } from '@peculiar/x509';
import { X509Certificate, createPrivateKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi } from '../../api.fixture.js';
import type { TestApi } from '../../api.fixture.js';
import { AgentCertificateService } from '../pki/agent-certificate.service.js';
import { makeRequest } from '../pki/requests.fixture.js';
import { TestAgent, approve, onTables, trailOf } from './enrolment.fixture.js';

let api: TestApi;
let agent: TestAgent;
beforeAll(async () => {
  api = await startTestApi();
  agent = new TestAgent(api);
});
afterAll(() => api.close());

interface Listed {
  id: string;
  serial: string;
  fingerprint: string;
  host: { id: string; fqdn: string } | null;
}

async function enrolHost(): Promise<{ id: string; certificate: X509Certificate }> {
  const { pollingToken, request } = await agent.waitingWithRequest();
  await approve(api, request.id);
  const { server_crt } = await agent.status(pollingToken);
  return { id: request.id, certificate: new X509Certificate(String(server_crt)) };
}

const listed = async (hostId: string) => {
  const { items } = (await api.admin.ok('/admin/agent-certificates?limit=200')) as unknown as {
    items: Listed[];
  };
  return items.filter(({ host }) => host?.id === hostId);
};

async function revokedSerials(): Promise<string[]> {
  const response = await fetch(`${api.url}/pki/crl.pem`);
  expect(response.headers.get('cache-control')).toBe('max-age=3600');
  return new X509Crl(await response.text()).entries.map(({ serialNumber }) => serialNumber);
}
const serialOf = ({ serialNumber }: X509Certificate) => serialNumber.toLowerCase();

describe('the certificates of agents', () => {
  it('are listed with their host, the next to end first, and by pages', async () => {
    const [first, second] = [await enrolHost(), await enrolHost()];
    expect(await listed(first.id)).toMatchObject([
      {
        serial: serialOf(first.certificate),
        fingerprint: first.certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
      },
    ]);
    await onTables(api, (sql) =>
      sql.query("UPDATE agent_certificates SET not_after = now() + interval '1 day' WHERE host_id = $1", [
        second.id,
      ]),
    );
    const page = async (cursor: string) =>
      (await api.admin.ok(`/admin/agent-certificates?limit=1${cursor}`)) as unknown as {
        items: Listed[];
        next_cursor: string;
        total: number;
      };
    const one = await page('');
    const two = await page(`&cursor=${one.next_cursor}`);
    expect([one, two].map(({ items }) => items[0]?.host?.id)).toEqual([second.id, first.id]);
    expect(two.total).toBe(2);
  });

  it('are revoked one by one, by their serial number, in the trail of the host', async () => {
    const { id, certificate } = await enrolHost();
    const [row] = await listed(id);
    await api.admin.ok(`/admin/agent-certificates/${row!.id}`, { method: 'DELETE' });
    expect(await revokedSerials()).toContain(serialOf(certificate));
    expect(await listed(id)).toEqual([]);
    const again = await api.admin.call(`/admin/agent-certificates/${row!.id}`, { method: 'DELETE' });
    expect(again.status).toBe(404);
    expect(await trailOf(api, id)).toContain('agent_certificate.revoke');
  });

  it('are revoked when their host is deleted, those it had before included', async () => {
    const { id, certificate } = await enrolHost();
    const bundle = await api.admin.ok(`/hosts/${id}/certificate`, { method: 'POST' });
    await api.admin.ok(`/hosts/${id}`, { method: 'DELETE' });
    expect(await revokedSerials()).toEqual(expect.arrayContaining([serialOf(certificate), bundle.serial]));
    expect(await listed(id)).toEqual([]);
    expect((await trailOf(api, id)).slice(-2)).toEqual(['agent_certificate.revoke', 'host.delete']);
  });

  it('leave the list when they have ended', async () => {
    const { id, certificate } = await enrolHost();
    await api.admin.ok(`/hosts/${id}`, { method: 'DELETE' });
    expect(await revokedSerials()).toContain(serialOf(certificate));
    await onTables(api, async (sql) => {
      await sql.query('UPDATE agent_certificates SET not_after = now() WHERE host_id = $1', [id]);
      await sql.query("UPDATE revocation_lists SET this_update = now() - interval '12 hours'");
    });
    expect(await revokedSerials()).not.toContain(serialOf(certificate));
  });

  it('are in a list that is new every 12 hours, with a number that grows', async () => {
    const read = () =>
      onTables(api, async (sql) => {
        await api.stranger.call('/pki/crl.pem');
        const { rows } = await sql.query<{ number: string; life: { days: number } }>(
          'SELECT number, next_update - this_update AS life FROM revocation_lists',
        );
        return rows[0]!;
      });
    const before = await read();
    expect(await read()).toEqual(before);
    expect(before.life.days).toBe(7);
    await onTables(api, (sql) =>
      sql.query("UPDATE revocation_lists SET this_update = now() - interval '12 hours'"),
    );
    expect(Number((await read()).number)).toBe(Number(before.number) + 1);
  });
});

describe('a bundle for the public agent', () => {
  it('is a key, a certificate for the host, the authority and the list, and replaces what was', async () => {
    const { id } = (await api.admin.post('/hosts', {
      fqdn: 'by-hand.example.org',
      address: '10.76.0.1',
    })) as {
      id: string;
    };
    const first = await api.admin.call(`/hosts/${id}/certificate`, { method: 'POST' });
    expect(first.headers.get('cache-control')).toBe('no-store');
    const certificate = new X509Certificate(String(first.body.server_crt));
    expect(certificate.subjectAltName).toBe(
      `DNS:by-hand.example.org, IP Address:10.76.0.1, URI:patchgate:host:${id}`,
    );
    expect(certificate.checkPrivateKey(createPrivateKey(String(first.body.server_key)))).toBe(true);
    const ca = new X509Certificate(String(first.body.ca_crt));
    expect(certificate.verify(ca.publicKey)).toBe(true);
    const { publicKey } = new ParsedCertificate(String(first.body.ca_crt));
    expect(await new X509Crl(String(first.body.crl_pem)).verify({ publicKey })).toBe(true);
    const second = await api.admin.ok(`/hosts/${id}/certificate`, { method: 'POST' });
    expect(await listed(id)).toMatchObject([{ serial: second.serial }]);
    expect(await trailOf(api, id)).toEqual([
      'host.create',
      'agent_certificate.issue',
      'agent_certificate.issue',
    ]);
    const { rows } = await onTables(api, (sql) =>
      sql.query('SELECT a::text FROM audit_log a UNION ALL SELECT c::text FROM agent_certificates c'),
    );
    expect(JSON.stringify(rows)).not.toContain('PRIVATE KEY');
  });
});

describe('a renewal', () => {
  const service = () => api.app.get(AgentCertificateService);

  it('gives a certificate for the new key, and the old one serves on until then', async () => {
    const { id, certificate } = await enrolHost();
    const { csr } = await makeRequest();
    const { server_crt, ca_crt } = await service().renewFromRequest(id, csr);
    const renewed = new X509Certificate(server_crt);
    expect(renewed.verify(new X509Certificate(ca_crt).publicKey)).toBe(true);
    expect(renewed.subjectAltName).toBe(certificate.subjectAltName);
    expect(renewed.publicKey.equals(certificate.publicKey)).toBe(false);
    expect(await listed(id)).toMatchObject([{ serial: serialOf(renewed) }]);
    expect(await revokedSerials()).not.toContain(serialOf(certificate));
  });

  it('is one after the other: of many at once one certificate is current', async () => {
    const { id } = await enrolHost();
    const requests = await Promise.all(Array.from({ length: 6 }, () => makeRequest()));
    await Promise.all(requests.map(({ csr }) => service().renewFromRequest(id, csr)));
    expect(await listed(id)).toHaveLength(1);
  });

  it('is refused for a host that is gone', async () => {
    const { id } = await enrolHost();
    await api.admin.ok(`/hosts/${id}`, { method: 'DELETE' });
    const { csr } = await makeRequest();
    await expect(service().renewFromRequest(id, csr)).rejects.toMatchObject({ code: 'not_found' });
  });
});
