import { createHash } from 'node:crypto';
import type { Request } from 'express';
import type { SignedIn } from './Caller';
import { readClaims } from './readClaims';

const KEPT_MS = 60_000; // the key that signed a token may be withdrawn meanwhile
const MOST = 1_000;

interface Known {
  caller: SignedIn;
  untilMs: number;
}

/**
 * Caches users whose token was verified recently: a signature is checked in
 * another thread, for which a request waits while the event loop is busy. Never
 * longer than the token is valid, and only for tokens that name their user
 * themselves: a portal may identify users by another header than this one.
 * Permissions are checked on each request.
 */
export class KnownCallers {
  readonly #now: () => Date;
  /** By the hash of the header: no token is kept. The newest is the last. */
  readonly #known = new Map<string, Known>();

  constructor(now: () => Date) {
    this.#now = now;
  }

  find({ headers }: Request): SignedIn | undefined {
    const { authorization } = headers;
    if (authorization === undefined) return undefined;
    const known = this.#known.get(keyOf(authorization));
    return known && known.untilMs > this.#now().getTime()
      ? known.caller
      : undefined;
  }

  keep(req: Request, caller: SignedIn): void {
    const { authorization } = req.headers;
    if (authorization === undefined) return;
    const { expiresAt, principal } = caller.credentials;
    if (!expiresAt || principal.type !== 'user') return;
    if (readClaims(req)?.sub !== principal.userEntityRef) return;
    const key = keyOf(authorization);
    this.#known.delete(key);
    this.#known.set(key, {
      caller,
      untilMs: Math.min(expiresAt.getTime(), this.#now().getTime() + KEPT_MS),
    });
    if (this.#known.size > MOST) {
      const [oldest] = this.#known.keys();
      this.#known.delete(oldest);
    }
  }
}

function keyOf(header: string): string {
  return createHash('sha256').update(header).digest('base64');
}
