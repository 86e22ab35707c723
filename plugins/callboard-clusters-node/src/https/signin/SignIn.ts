import type { RequestCredentials } from '@callboard/tunnel';

/** What a request to a cluster is signed with, and what the server proves itself with. */
export interface SignedIn extends RequestCredentials {
  /** PEM. */
  ca?: string | Buffer;
  certificate?: string | Buffer;
  key?: string | Buffer;
  /** Name that the server's certificate was made for, where it is not the server's. */
  tlsServerName?: string;
  /** Believes anyone who answers. */
  skipTLSVerify?: boolean;
}

/** Gives what the next request is signed with, for as long as a cluster is known. */
export interface SignIn {
  /** At once while what is kept is good. Throws a ProblemError, and nothing that a program or an issuer said. */
  read(): Promise<SignedIn>;
  /** The server did not take it. */
  refuse(): void;
}
