import { readTokenClaims } from '@callboard/plugin-callboard-node';
import type { Request } from 'express';

/** Returns the unverified claims of a request's signed token; undefined without a readable token. */
export function readClaims({
  headers,
}: Pick<Request, 'headers'>): Record<string, unknown> | undefined {
  const [, token] = /^Bearer (\S+)$/i.exec(headers.authorization ?? '') ?? [];
  return token === undefined ? undefined : readTokenClaims(token);
}
