import type {
  AppFile,
  PlatformFile,
  Problem,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';
import type { AppSources } from '@callboard/plugin-callboard-core';

/** The files of one app, each of which is good by itself. */
export interface AppQuestion {
  sources: AppSources;
  appFile?: AppFile;
  /** Paths of the score files. */
  workloads: string[];
  /** What those of them say that were read, by their path. */
  scores: Record<string, ScoreWorkload>;
  /** Whether the app has others that were not given, or cannot be read. */
  isPartOfApp: boolean;
  /** What was given of the platform's files. */
  platform: PlatformFile[];
}

export interface AppVerdict {
  errors: Problem[];
  warnings: Problem[];
}
