import type {
  IssuedGitToken,
  TokenScope,
} from '@callboard/plugin-callboard-common';

/** A token that was created now: it is in the page that created it alone, until that is left. */
export interface CreatedToken extends IssuedGitToken {
  name: string;
  app?: string;
  /** git when omitted. */
  scope?: TokenScope;
}
