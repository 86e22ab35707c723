import type {
  AppFile,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';

/** Everything that is needed to deploy a release again in ten years, the images aside. */
export interface ReleaseContent {
  appFile?: AppFile;
  workloads: ScoreWorkload[];
  /** By workload and container. */
  images: Record<string, Record<string, string>>;
  /** Text of the files that workloads mount from the repository, by path. */
  files: Record<string, string>;
}

/** Immutable and numbered. */
export interface ReleaseRecord {
  app: string;
  number: number;
  commit: string;
  message: string;
  author: string;
  createdBy: string;
  createdAt: Date;
  content: ReleaseContent;
}
