import 'reflect-metadata';
import { Pkcs10CertificateRequestGenerator } from '@peculiar/x509';
import { certificateInstall } from '@patchgate/contracts/agent';
import type { webcrypto } from 'node:crypto';

import { algorithm, newKeys, pemOf } from '../targets/certificates.js';
import { done, refused } from './answer.js';
import type { Answer, Question } from './answer.js';
import type { Pair } from './identity.js';

/** The renewal of one agent's certificate: the key it has asked with last, until the answer is installed. */
export class CertificateRequests {
  #asked: webcrypto.CryptoKeyPair | null = null;

  /** @param onInstalled shows the new pair from now on, to a manager of these authorities */
  constructor(private readonly onInstalled: (pair: Pair, authorities: string) => void) {}

  /** @returns null for other questions */
  async answer({ method, path, body }: Question): Promise<Answer | null> {
    if (method === 'POST' && path === '/certificate/request') return this.#request();
    return method === 'PUT' && path === '/certificate' ? this.#install(body) : null;
  }

  async #request(): Promise<Answer> {
    this.#asked = await newKeys();
    const request = await Pkcs10CertificateRequestGenerator.create({
      name: 'CN=agent',
      keys: this.#asked,
      signingAlgorithm: algorithm,
    });
    return done({ csr: request.toString('pem') });
  }

  async #install(body: unknown): Promise<Answer> {
    const { success, data } = certificateInstall.safeParse(body);
    if (!success || this.#asked === null) return refused(400, 'VALIDATION_ERROR', 'nothing was asked for');
    this.onInstalled({ cert: data.server_crt, key: await pemOf(this.#asked) }, data.ca_crt);
    this.#asked = null;
    return done(null);
  }
}
