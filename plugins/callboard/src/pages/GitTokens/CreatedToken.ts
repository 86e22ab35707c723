import type {
  IssuedGitToken,
  TokenScope,
} from '@callboard/plugin-callboard-common';

/** A token that was just created: only the page that created it has it, until that is left. */
export interface CreatedToken extends IssuedGitToken {
  name: string;
  app?: string;
  /** git when omitted. */
  scope?: TokenScope;
}
