import type {
  Exposure,
  ScoreWorkload,
  WorkloadPatches,
  WorkloadSettings,
} from '@callboard/plugin-callboard-common';
import type { ClusterTraits, Provisioner } from './resources';

/** A file of the repository: its text, or its bytes where they are no valid UTF-8. */
export type SourceFile = string | { base64: string };

/** What `renderWorkload` needs to know. Everything is given; nothing is looked up. */
export interface RenderInput {
  app: string;
  environment: string;
  /** Version of the renderer: the one that the release was made with. */
  renderer: number;
  /** Number of the release. */
  release: number;
  workload: ScoreWorkload;
  /** Image by container; a container that is not listed runs the image its workload names. */
  images: Record<string, string>;
  exposure: Exposure;
  replicas: number;
  /** Files that `source` names, by their path in the repository. */
  files: Record<string, SourceFile>;
  /** All workloads of the app, this one among them: what resources may refer to. Only this one when omitted. */
  workloads?: ScoreWorkload[];
  /** Names of Secrets of the namespace with which images are pulled. None when omitted. */
  pullSecrets?: string[];
  /** Who gives resources; those that are built in when omitted. */
  provisioners?: readonly Provisioner[];
  /** Where it is to run; any cluster will do when omitted. */
  cluster?: ClusterTraits;
  /** By the name of their objects: how often the secrets of resources were made that were rotated. */
  secretVersions?: Readonly<Record<string, number>>;
  /** Objects that the app has on the cluster, by `refKey`: who gave a resource goes on giving it. */
  inPlace?: ReadonlySet<string>;
  /** What app.yaml says of this workload. Defaults where omitted. */
  settings?: WorkloadSettings;
  /** What app.yaml patches of its objects, in the order in which it is made. Nothing where omitted. */
  patches?: readonly WorkloadPatches[];
}
