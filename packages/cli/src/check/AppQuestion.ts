import type {
  AppFile,
  PlatformFile,
  Problem,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';
import type { AppSources } from '@callboard/plugin-callboard-core';

/** The files of one app, each of which is valid by itself. */
export interface AppQuestion {
  sources: AppSources;
  appFile?: AppFile;
  /** Paths of the score files. */
  workloads: string[];
  /** The workloads that were read, by path of their score file. */
  scores: Record<string, ScoreWorkload>;
  /** Whether the app has other score files that were not given, or cannot be read. */
  isPartOfApp: boolean;
  /** The given platform files. */
  platform: PlatformFile[];
}

export interface AppVerdict {
  errors: Problem[];
  warnings: Problem[];
}
