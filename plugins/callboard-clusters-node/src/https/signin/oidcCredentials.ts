import { isRecord } from '@callboard/plugin-callboard-common';
import { readTokenClaims } from '@callboard/plugin-callboard-node';
import { askIssuer } from './askIssuer';
import { type GivenCredential, KeptCredential } from './KeptCredential';
import type { SignedCredential } from './readExecCredential';
import type { OidcSettings } from './readOidcSettings';
import { signInFailed } from './signInProblems';

const NEXT =
  'Sign in again where the kubeconfig was made, or use the token of a service account';
const WITHOUT_EXPIRY_MS = 5 * 60_000; // of a token without expiry

/**
 * Identity tokens of an issuer: the one in the kubeconfig while it is valid,
 * then those for the refresh token. A rotated refresh token is kept in memory;
 * the file is never written.
 */
export function oidcCredentials(
  settings: OidcSettings,
  {
    cluster,
    readCa,
    nowMs,
  }: {
    cluster: string;
    /** Returns the CA of the issuer's certificate in PEM. */
    readCa(): Promise<string | undefined>;
    /** Milliseconds since 1970. */
    nowMs(): number;
  },
): KeptCredential<SignedCredential> {
  let { idToken, refreshToken } = settings;
  const fetch = async (): Promise<GivenCredential<SignedCredential>> => {
    const written = idToken;
    idToken = undefined; // it is used once
    const expiresAtMs = written === undefined ? 0 : expiryOf(written);
    if (written !== undefined && (expiresAtMs ?? 0) > nowMs())
      return { value: { token: written }, expiresAtMs };
    if (refreshToken === undefined)
      throw signInFailed(cluster, {
        why: 'the id-token of its kubeconfig has expired, and there is no refresh-token',
        next: NEXT,
        transient: false,
      });
    const issuer = { ...settings, cluster, ca: await readCa() };
    const given = await renewToken(issuer, refreshToken);
    refreshToken = given.refreshToken ?? refreshToken;
    return {
      value: { token: given.idToken },
      expiresAtMs: expiryOf(given.idToken) ?? nowMs() + WITHOUT_EXPIRY_MS,
    };
  };
  return new KeptCredential(fetch, nowMs);
}

/** Sources: OpenID Connect Discovery 1.0, section 4; Core 1.0, section 12. */
async function renewToken(
  settings: OidcSettings & { cluster: string },
  refreshToken: string,
): Promise<{ idToken: string; refreshToken?: string }> {
  const { cluster, issuer, clientId, clientSecret, ca } = settings;
  const found = await askIssuer(
    `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    { cluster, ca },
  );
  const document = isRecord(found.value) ? found.value : {};
  if (found.status !== 200 || typeof document.token_endpoint !== 'string')
    throw issuerRefused(cluster, 'does not describe itself', true);
  if (document.issuer !== issuer)
    throw issuerRefused(cluster, 'describes another issuer', false);
  const methods = document.token_endpoint_auth_methods_supported;
  const isPosted =
    Array.isArray(methods) && !methods.includes('client_secret_basic');
  const form = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    client_id: clientId,
    ...(clientSecret !== undefined &&
      isPosted && { client_secret: clientSecret }),
  });
  const answer = await askIssuer(document.token_endpoint, {
    cluster,
    ca,
    form: form.toString(),
    ...(clientSecret !== undefined &&
      !isPosted && { basic: { username: clientId, password: clientSecret } }),
  });
  const { id_token: idToken, refresh_token: next } = isRecord(answer.value)
    ? answer.value
    : { id_token: undefined, refresh_token: undefined };
  if (answer.status !== 200 || typeof idToken !== 'string')
    throw issuerRefused(
      cluster,
      `did not renew the token (${answer.status})`,
      answer.status >= 500,
    );
  return {
    idToken,
    ...(typeof next === 'string' && next !== '' && { refreshToken: next }),
  };
}

function issuerRefused(cluster: string, how: string, transient: boolean) {
  return signInFailed(cluster, {
    why: `the issuer that its kubeconfig names ${how}`,
    next: NEXT,
    transient,
  });
}

/** Returns the expiry in a token's claims. They are not verified: the time only schedules the next renewal. */
function expiryOf(token: string): number | undefined {
  const exp = readTokenClaims(token)?.exp;
  return typeof exp === 'number' ? exp * 1000 : undefined;
}
