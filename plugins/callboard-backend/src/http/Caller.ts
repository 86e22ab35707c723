import type {
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import type { TokenPerson } from '../permissions';

/** Who asks. */
export type Caller = SignedIn | TokenHolder;

/** With a sign-in of Backstage. */
export interface SignedIn {
  credentials: BackstageCredentials<
    BackstageUserPrincipal | BackstageServicePrincipal
  >;
  /** For the journal: an entity reference, `program:…` for a program in the session of a user, or `service:…`. */
  actor: string;
  readHolder?: undefined;
}

/** With a token for the command line. */
export interface TokenHolder {
  /** Entity reference of the person. */
  actor: string;
  /** Asks the record again: throws once the token counts no more. */
  readHolder(): Promise<TokenPerson>;
  credentials?: undefined;
}
