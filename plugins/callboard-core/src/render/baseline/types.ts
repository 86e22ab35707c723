import type {
  ScoreWorkload,
  WorkloadSettings,
} from '@callboard/plugin-callboard-common';

/** What the objects around a workload are made of. */
export interface BaselineInput {
  /** Of the workload, and of each object. */
  name: string;
  namespace: string;
  environment: string;
  labels: Record<string, string>;
  selector: Record<string, string>;
  workload: ScoreWorkload;
  settings: WorkloadSettings;
  replicas: number;
}
