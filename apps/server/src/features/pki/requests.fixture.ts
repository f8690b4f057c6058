import 'reflect-metadata';
import { Pkcs10CertificateRequestGenerator } from '@peculiar/x509';
import type { Extension } from '@peculiar/x509';
import { webcrypto } from 'node:crypto';

type Algorithm = webcrypto.EcKeyGenParams | webcrypto.RsaHashedKeyGenParams;

export const p256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

interface Wishes {
  algorithm?: Algorithm & { hash?: unknown };
  name?: string;
  extensions?: Extension[];
  keys?: webcrypto.CryptoKeyPair;
}

export const newKeyPair = (algorithm: Algorithm = p256): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

/** A request for a certificate in PEM, as an agent makes it, or as it should not. */
export async function makeRequest(
  wishes: Wishes = {},
): Promise<{ csr: string; keys: webcrypto.CryptoKeyPair }> {
  const { algorithm = p256, name = 'CN=anything', extensions = [] } = wishes;
  const keys = wishes.keys ?? (await newKeyPair(algorithm));
  const request = await Pkcs10CertificateRequestGenerator.create({
    name,
    keys,
    extensions,
    signingAlgorithm: { name: algorithm.name, hash: 'SHA-256' },
  });
  return { csr: request.toString('pem'), keys };
}

/** Of an RSA key of 5120 bits, which takes too long to make for a test. */
export const longRequest = `-----BEGIN CERTIFICATE REQUEST-----
MIIFVDCCArwCAQAwDzENMAsGA1UEAwwEbG9uZzCCAqIwDQYJKoZIhvcNAQEBBQAD
ggKPADCCAooCggKBAK3QEsCao9qEnfrJ+083ruIkwWtCNIPj+OWdLVHZYLxSSSvI
rv284g+M8lGvuN82VRkjuD3r9AIFeHH9k4RQYzzGdpI6Ynz7i9K92AprpekpLAOb
KGL9C2wTBFkC5uYv5zBiCGIh29EGvHWqP3IP96uR9SxugFuAlk1KPat15owadQOi
E9IZgRsW8WOaznLOW0qKhiuUgNlWG9DiYzRSUQEXodvjc84lW2CdWNtISy4vv3C6
fn11Gvzfvd8+PtmmlODXJOAJ432OGTZbxxeJfRX3d/xY7ltFX5DPIokj4ATi+t2P
7/18iAWgW+oECJchAVYOe7eWzB/Lkm3m1Qs3tl+Lbs313wS0szye+XMUlFAkd9lT
UaPVVCDp4BSJpEQQvscBGB8Dsb3ThLAIKyP/DTqJm6Wg+Ea8BSueUWhf0ZES630X
ak+VPLLpQ9wphB80gyoEomOaYPB6o21wGs2SqqTHQFSmfUZRnAUp3cVJUFP+DwhK
BBF5IaowiEz6nQiAyvpEZ0y6vt9zD68OfJ7XLiSeFDjOEsjO2jVH7wPlo/rRZ+4Y
w0oAA9MDZMuKRcXodRqlLPB7DQrj8Ww2+Zk/pIxYsoVUcUyAMN9sMWUKjfkpJPDZ
JoZpYPdHvHiDlOcrjRtzW8JtcAaY/eS4R79L+bWrhPa5cJBRed1hM/h9aS9tWbWN
2JK2tsyvAjFlv/E1+ioIXu3EdGR02qH3ZvZNABB4kCgD+ELaJG9xE20xXB5METvj
bmJH/i6s49dxDAaJwVuUNhrWsNTXb4xfgR1Aixa6pHEH3EeIK+NFQvRCr58EG4hr
IT/Fxbh6X1Y6AJwKn7pmg3NrpIJzOBkwKU7fe2ECAwEAAaAAMA0GCSqGSIb3DQEB
CwUAA4ICgQCFfHwULUv4+hECiCS5b73cT9bZ1loiBLMMOgn7kDeQ9qC+V9CkDHFW
ifXA08mxwpV7aM1GYwwEL5J+QsavGOxopKS1Oa0uHkg/zYTPLDwXh9klEgIG7Azc
ZMGLcVFV+xPFKc9laVK425nXN4/9eh39zkmWxT4Zet8n4cIjAaDjWmeN9CXZM/FL
kHX1VgNa8ExxIwZpmIA/etQTjLSbwNgHr4Bf21FFamIsYjjORYY/73aoYTAiwTFA
IEG/7WGxfs/1C4AKwaNaNXUlEPSxJ6kSpCc3mtgq0ERkK4JsgGcIhapunyjBtsqd
BxXTDZ9oqXK4xrH3c6aom47/QB47bV2ksn2ooyi89dFynWTPgn/sXLyI6RJh+GGk
NMbvLVUyJPcBN1pTKGHtNW9R4PgpLBp6PN9o0CLuTFlfEtl3A/E3Hi6h4Qkh60kx
kkngGaPek3jcb7fJXcpb3WpvY9RhGrCWdIq/g0PS2xL5lDe/bBAgoGzfDZ0QeRc2
+XSniYGFmGMX3ZfKdub2yh8OmKoxqwTlsmhrio3DDDozOUtjvHgjoRVrPnwOKxbE
yB+IgSzRmMUywwRwqIb3jqK36K5XDBZ2k6D3O1aKmMroHUSzxCnnhrNtllzNytvH
wnlX0lqriRtr2lYG7CzaZf6+3REJ1B5k6VjJijINumgILKX13AAqVQ+Vceqq7Ge1
/J1hUsDmLPrBTcZc0XX0d//Bm1TX1HRons+hDxEhHiMQ6kGTiQYPOGifvsyK2+FM
Lnu9/SaIqc4UqZVssaZ753VfYamN8pk1+vg847t1avNhT9w4wGL8CThmlnFDaR31
qIXquW3nA0pm48RHVw2qMSmVz+xd+3Rx
-----END CERTIFICATE REQUEST-----
`;
