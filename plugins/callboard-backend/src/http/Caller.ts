import type {
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import type { TokenPerson } from '../permissions';

/** The authenticated sender of a request. */
export type Caller = SignedIn | TokenHolder;

/** A caller with a sign-in of Backstage. */
export interface SignedIn {
  credentials: BackstageCredentials<
    BackstageUserPrincipal | BackstageServicePrincipal
  >;
  /** For the journal: an entity reference, `program:…` for a program in the session of a user, or `service:…`. */
  actor: string;
  readHolder?: undefined;
}

/** A caller with a token for the command line. */
export interface TokenHolder {
  /** Entity reference of the person. */
  actor: string;
  /** Reads the token's holder from the database again: throws once the token is no longer valid. */
  readHolder(): Promise<TokenPerson>;
  credentials?: undefined;
}
