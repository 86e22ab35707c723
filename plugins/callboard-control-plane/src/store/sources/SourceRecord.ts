import type { Problem } from '@callboard/plugin-callboard-common';

/** A branch of a repository elsewhere that an app follows. */
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

/** How the last look at it went. */
export interface SourceLook {
  at?: Date;
  /** Of the branch, the last one that was judged. */
  commit?: string;
  /** The app's own commit for it; absent where it was refused. */
  head?: string;
  problem?: Problem;
  /** Looks in a row that did not reach the branch. */
  failures: number;
}
