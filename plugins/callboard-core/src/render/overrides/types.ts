import type {
  AmountsByContainer,
  AppFile,
  Autoscaling,
  KubeObject,
  ScoreWorkload,
  VariablesByContainer,
  WorkloadPatches,
  WorkloadSettings,
} from '@callboard/plugin-callboard-common';
import type { RenderFault } from '../RenderFault';

/** Overrides of an app on one cluster of an environment. */
export interface AppOverrides {
  variables?: VariablesByContainer;
  resources?: AmountsByContainer;
  /** By workload; `null` is a fixed number. */
  autoscaling?: Record<string, Autoscaling | null>;
  /** By workload, in the order in which they are applied. */
  patches?: Record<string, readonly WorkloadPatches[]>;
}

/** A workload that can be rendered as it is. */
export interface SoundWorkload {
  workload: ScoreWorkload;
  settings: WorkloadSettings;
  /** Its rendered objects. */
  objects: readonly KubeObject[];
  findFaults: (changed: ScoreWorkload) => Iterable<RenderFault>;
}

export interface OverrideQuestion {
  environments: NonNullable<AppFile['spec']['environments']>;
  workloads: readonly SoundWorkload[];
  /** All valid names; undefined where not all workloads are known. */
  names: readonly string[] | undefined;
}
