import { readTokenClaims } from '@callboard/plugin-callboard-node';
import type { Request } from 'express';

/** What the signed token of a request says, unverified; undefined where it has none that can be read. */
export function readClaims({
  headers,
}: Pick<Request, 'headers'>): Record<string, unknown> | undefined {
  const [, token] = /^Bearer (\S+)$/i.exec(headers.authorization ?? '') ?? [];
  return token === undefined ? undefined : readTokenClaims(token);
}
