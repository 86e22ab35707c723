import type {
  ScoreWorkload,
  WorkloadSettings,
} from '@callboard/plugin-callboard-common';

/** Input of the objects around a workload. */
export interface BaselineInput {
  /** Name of the workload, and of each object. */
  name: string;
  namespace: string;
  environment: string;
  labels: Record<string, string>;
  selector: Record<string, string>;
  workload: ScoreWorkload;
  settings: WorkloadSettings;
  replicas: number;
}
