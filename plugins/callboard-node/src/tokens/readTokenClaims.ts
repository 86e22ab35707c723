import { isRecord } from '@callboard/plugin-callboard-common';

/** Returns the unverified claims of a signed token (a JWT); undefined for any other text. */
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
