import type { Problem } from '@callboard/plugin-callboard-common';

/** What became of making images of a revision. */
export interface BuildRecord {
  app: string;
  commit: string;
  position: number;
  state: 'pending' | 'succeeded' | 'failed';
  builder: string;
  requestedAt: Date;
  startedAt?: Date;
  finishedAt?: Date;
  problem?: Problem;
}
