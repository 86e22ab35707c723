import type { Problem } from '@callboard/plugin-callboard-common';

/** A branch of an external repository that an app follows. */
export interface SourceRecord {
  app: string;
  url: string;
  branch: string;
  /** Folder of the repository that is the app; all of it when omitted. */
  path?: string;
  /** Entity reference. */
  connectedBy: string;
  connectedAt: Date;
  look: SourceLook;
}

/** Result of the last poll. */
export interface SourceLook {
  at?: Date;
  /** Last commit of the branch that was evaluated. */
  commit?: string;
  /** The app's own commit for it; absent where it was refused. */
  head?: string;
  problem?: Problem;
  /** Consecutive polls that did not reach the branch. */
  failures: number;
}
