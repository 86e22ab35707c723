import type { IssuedGitToken } from '@callboard/plugin-callboard-common';

/** A token that was created now: it is in the page that created it alone, until that is left. */
export interface CreatedToken extends IssuedGitToken {
  name: string;
  app?: string;
}
