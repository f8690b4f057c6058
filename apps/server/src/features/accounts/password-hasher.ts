import { Injectable } from '@nestjs/common';
import argon2 from 'argon2';
import { AppError } from '../../platform/app-error.js';

/** OWASP's higher aim: 64 MiB, three passes, one lane. */
const parameters = { memoryCost: 65_536, timeCost: 3, parallelism: 1 } as const;
/** Each hash holds 64 MiB and a core, so more at once would starve everything else in the process. */
const maxAtOnce = 2;
const maxQueued = 100;

// Made from a random password nobody knows, with the parameters above: comparing against it takes as long as a real one.
const nobodysHash = argon2.hash(crypto.randomUUID(), parameters);

/** argon2id (RFC 9106) behind a bounded queue (SEC-L1). */
@Injectable()
export class PasswordHasher {
  private running = 0;
  private readonly queue: (() => void)[] = [];

  hash(password: string): Promise<string> {
    return this.inTurn(() => argon2.hash(normalized(password), parameters));
  }

  /** Takes the same time whether there is a hash to compare with or not (SEC-L3). */
  verify(stored: string | null, password: string): Promise<boolean> {
    return this.inTurn(async () => {
      const matches = await argon2.verify(stored ?? (await nobodysHash), normalized(password));
      return matches && stored !== null;
    });
  }

  isWeaker(stored: string): boolean {
    return argon2.needsRehash(stored, parameters);
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= maxAtOnce) {
      if (this.queue.length >= maxQueued) {
        throw new AppError('too_many_requests', 'Too many sign-ins at this moment; try again shortly.', {
          retryAfterSeconds: 5,
        });
      }
      // The one who finishes hands its place over, so `running` stays as it is.
      await new Promise<void>((resolve) => this.queue.push(resolve));
    } else {
      this.running += 1;
    }
    try {
      return await work();
    } finally {
      const next = this.queue.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}

// The same characters can be typed as different code points on different keyboards (NIST SP 800-63B, 3.1.1.2).
const normalized = (password: string): string => password.normalize('NFKC');
