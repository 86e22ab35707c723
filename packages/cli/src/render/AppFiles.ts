import type {
  AppFile,
  PlatformFile,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';
import type { SourceFile } from '@callboard/plugin-callboard-core';

/** The parsed files of one app, valid together. */
export interface AppFiles {
  name: string;
  appFile?: AppFile;
  workloads: Array<{ file: string; workload: ScoreWorkload }>;
  /** Files that workloads mount, by path below the folder of the app. */
  mounted: Record<string, SourceFile>;
  platform: PlatformFile[];
}
