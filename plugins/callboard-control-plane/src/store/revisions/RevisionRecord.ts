import type {
  AppFile,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';

/** What a revision says of the app, as parsed when it was pushed. */
export interface RevisionSpec {
  appFile?: AppFile;
  workloads: ScoreWorkload[];
}

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
