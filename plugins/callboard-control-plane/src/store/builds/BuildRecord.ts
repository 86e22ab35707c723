import type { Problem } from '@callboard/plugin-callboard-common';

/** The build of a revision's images, and its result. */
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
