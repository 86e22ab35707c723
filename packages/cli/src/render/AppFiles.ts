import type {
  AppFile,
  PlatformFile,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';
import type { SourceFile } from '@callboard/plugin-callboard-core';

/** The files of one app that are good together, read. */
export interface AppFiles {
  name: string;
  appFile?: AppFile;
  workloads: Array<{ file: string; workload: ScoreWorkload }>;
  /** What workloads mount, by path below the folder of the app. */
  mounted: Record<string, SourceFile>;
  platform: PlatformFile[];
}
