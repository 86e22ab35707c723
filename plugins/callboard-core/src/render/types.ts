import type {
  Exposure,
  ScoreWorkload,
  WorkloadPatches,
  WorkloadSettings,
} from '@callboard/plugin-callboard-common';
import type { ClusterTraits, Provisioner } from './resources';

/** A file of the repository: its text, or its bytes where they are no valid UTF-8. */
export type SourceFile = string | { base64: string };

/** Input of `renderWorkload`. Complete: nothing is looked up. */
export interface RenderInput {
  app: string;
  environment: string;
  /** Version of the renderer with which the release was made. */
  renderer: number;
  /** Number of the release. */
  release: number;
  workload: ScoreWorkload;
  /** Image by container; a container that is not listed runs the image in its workload. */
  images: Record<string, string>;
  exposure: Exposure;
  replicas: number;
  /** Files that `source` names, by their path in the repository. */
  files: Record<string, SourceFile>;
  /** All workloads of the app, including this one, for references of resources. Only this one when omitted. */
  workloads?: ScoreWorkload[];
  /** Names of Secrets of the namespace with which images are pulled. None when omitted. */
  pullSecrets?: string[];
  /** Provisioners of resources; the built-in ones when omitted. */
  provisioners?: readonly Provisioner[];
  /** The target cluster; any cluster will do when omitted. */
  cluster?: ClusterTraits;
  /** How often rotated secrets of resources were generated, by the name of their objects. */
  secretVersions?: Readonly<Record<string, number>>;
  /** Objects that the app has on the cluster, by `refKey`: an existing resource keeps its provisioner. */
  inPlace?: ReadonlySet<string>;
  /** Settings of this workload in app.yaml. Defaults where omitted. */
  settings?: WorkloadSettings;
  /** Patches of its objects in app.yaml, in the order in which they are applied. None where omitted. */
  patches?: readonly WorkloadPatches[];
}
