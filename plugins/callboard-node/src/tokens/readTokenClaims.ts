import { isRecord } from '@callboard/plugin-callboard-common';

/** What a signed token (a JWT) says, unverified; undefined for a text that is none. */
export function readTokenClaims(
  token: string,
): Record<string, unknown> | undefined {
  const [, payload] = /^[^.\s]+\.([^.\s]+)\.[^.\s]*$/.exec(token) ?? [];
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
