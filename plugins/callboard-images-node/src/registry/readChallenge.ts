/** The authentication scheme that a registry requires. */
export type Challenge =
  | { scheme: 'basic' }
  | { scheme: 'bearer'; realm: string; service?: string; scope?: string };

/** Parses `WWW-Authenticate`; undefined for unsupported schemes. Bearer is preferred where both are offered. */
export function readChallenge(header: string | null): Challenge | undefined {
  if (!header) return undefined;
  const bearer = /(?:^|,)\s*bearer\s(.*)$/i.exec(header);
  if (bearer) {
    const values = Object.fromEntries(
      [...bearer[1].matchAll(/(?<!\w)(\w+)="((?:[^"\\]|\\.)*)"/g)].map(
        ([, key, value]) => [key.toLowerCase(), value],
      ),
    );
    if (values.realm) {
      return {
        scheme: 'bearer',
        realm: values.realm,
        ...(values.service !== undefined && { service: values.service }),
        ...(values.scope !== undefined && { scope: values.scope }),
      };
    }
  }
  return /(?:^|,\s*)basic\b/i.test(header) ? { scheme: 'basic' } : undefined;
}
