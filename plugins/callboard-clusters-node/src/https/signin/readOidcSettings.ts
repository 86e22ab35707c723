import { decodeData } from '@callboard/kubeconfig';
import { isRecord } from '@callboard/plugin-callboard-common';

/** An issuer of identity tokens, with the client and tokens that it needs. */
export interface OidcSettings {
  issuer: string;
  clientId: string;
  clientSecret?: string;
  idToken?: string;
  refreshToken?: string;
  /** CA of the issuer's certificate: PEM, or the path of a file in the kubeconfig. */
  ca?: string;
  caFile?: string;
}

/** Reads `auth-provider` of a user: only `oidc`; the others run programs. */
export function readOidcSettings(
  provider: unknown,
): { ok: true; value: OidcSettings } | { ok: false; lacks: string } {
  const { name, config } = isRecord(provider) ? provider : {};
  if (name !== 'oidc' || !isRecord(config))
    return { ok: false, lacks: ', and it is not "oidc"' };
  const read = (field: string) => {
    const value = config[field];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const issuer = read('idp-issuer-url');
  const clientId = read('client-id');
  if (issuer === undefined || clientId === undefined)
    return { ok: false, lacks: ' without idp-issuer-url or client-id' };
  const idToken = read('id-token');
  const refreshToken = read('refresh-token');
  if (idToken === undefined && refreshToken === undefined)
    return { ok: false, lacks: ' without id-token and refresh-token' };
  const clientSecret = read('client-secret');
  const ca = decodeData(config['idp-certificate-authority-data']);
  const caFile = read('idp-certificate-authority');
  return {
    ok: true,
    value: {
      issuer,
      clientId,
      ...(clientSecret !== undefined && { clientSecret }),
      ...(idToken !== undefined && { idToken }),
      ...(refreshToken !== undefined && { refreshToken }),
      ...(ca !== undefined && { ca }),
      ...(caFile !== undefined && { caFile }),
    },
  };
}
