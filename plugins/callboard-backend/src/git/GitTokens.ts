import type { GitToken } from '@callboard/plugin-callboard-node';
import { createHash, timingSafeEqual } from 'node:crypto';

const MIN_LENGTH = 16;

/** Git tokens from modules and the configuration. Stored as hashes and compared in constant time. */
export class GitTokens {
  readonly #tokens: Array<Omit<GitToken, 'token'> & { hash: Buffer }> = [];

  add({ token, ...rest }: GitToken): void {
    if (token.length < MIN_LENGTH) {
      throw new Error(
        `The git token of "${rest.username}" is too short: use ${MIN_LENGTH} characters or more`,
      );
    }
    this.#tokens.push({ ...rest, hash: hashOf(token) });
  }

  find(username: string, token: string): Omit<GitToken, 'token'> | undefined {
    const hash = hashOf(token);
    return this.#tokens.find(
      known => timingSafeEqual(known.hash, hash) && known.username === username,
    );
  }
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
