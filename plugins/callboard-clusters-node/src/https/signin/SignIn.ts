import type { RequestCredentials } from '@callboard/tunnel';

/** Credentials of a request to a cluster, and the trust settings for its server. */
export interface SignedIn extends RequestCredentials {
  /** PEM. */
  ca?: string | Buffer;
  certificate?: string | Buffer;
  key?: string | Buffer;
  /** Name in the server's certificate, if it is not that of the server. */
  tlsServerName?: string;
  /** Disables verification of the server's certificate. */
  skipTLSVerify?: boolean;
}

/** Provides the credentials of the next request, while a cluster is registered. */
export interface SignIn {
  /**
   * Resolves at once while the cached credential is valid. Throws a
   * ProblemError, which quotes no program or issuer.
   */
  read(): Promise<SignedIn>;
  /** Called when the server refused the credential. */
  refuse(): void;
}
