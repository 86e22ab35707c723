import { isRecord } from '@callboard/plugin-callboard-common';
import type { Request } from 'express';

/** What the signed token of a request says, unverified; undefined where it has none that can be read. */
export function readClaims({
  headers,
}: Pick<Request, 'headers'>): Record<string, unknown> | undefined {
  const [, payload] =
    /^Bearer [^.\s]+\.([^.\s]+)\.[^.\s]+$/i.exec(headers.authorization ?? '') ??
    [];
  if (payload === undefined) return undefined;
  try {
    const claims: unknown = JSON.parse(
      Buffer.from(payload, 'base64url').toString('utf8'),
    );
    return isRecord(claims) ? claims : undefined;
  } catch {
    return undefined;
  }
}
