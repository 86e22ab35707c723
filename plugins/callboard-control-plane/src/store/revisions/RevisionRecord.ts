import type { RevisionSpec } from '@callboard/plugin-callboard-node';

/** A commit that was pushed. */
export interface RevisionRecord {
  app: string;
  commit: string;
  /** Order of the pushes of one app, from 1. */
  position: number;
  message: string;
  author: string;
  pushedBy: string;
  pushedAt: Date;
  spec: RevisionSpec;
}
