import type { ImageStorage } from './ImageStorage';
import type {
  BuildSettings,
  ClusterConnectionStatus,
  ImageEvidence,
  ReleaseLockfile,
  Result,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';

export interface BuildInput {
  app: string;
  /** Full commit id. */
  revision: string;
  /**
   * The folder of the repository that is built; the whole repository when
   * omitted. Used for names and messages only: the build treats the folder as
   * the root.
   */
  path?: string;
  /**
   * A fresh folder with the files of the revision below `path`. The builder may
   * change it; it is removed afterwards.
   */
  folder: string;
  /** Workloads with the containers to build an image for: their image is `.`. */
  workloads: ScoreWorkload[];
  /** Build settings of app.yaml. */
  settings?: BuildSettings;
  /** Aborts when the build times out. */
  signal: AbortSignal;
  /** Reports one line of build output; shown to the pusher while git waits. */
  onOutput(line: string): void;
}

export interface BuildOutput {
  /** Image by workload and container, for containers whose image is `.`. */
  images: Record<string, Record<string, string>>;
  /** Documents attached to the images, for builders that attach any. */
  evidence?: ImageEvidence[];
  /** Warnings of a build that succeeded. */
  warnings?: string[];
  /**
   * The lockfile with the installed versions: pushed with the source, or
   * written by the build and kept in its output.
   */
  lockfile?: ReleaseLockfile;
}

/** Makes images (or bundles) of a revision. The same revision gives the same names. */
export interface Builder {
  /** `given`, `bundle`, `image`. */
  readonly name: string;
  /** Kinds of clusters that can run its output; every kind when omitted. */
  readonly clusters?: ReadonlyArray<ClusterConnectionStatus['kind']>;
  /**
   * Checks, from the file names below the build folder alone and before the
   * branch moves, whether this builder can build them. Without it every
   * decision is left to the build.
   */
  check?(input: {
    app: string;
    /** The pusher: an entity reference, or a name that the portal uses for itself. */
    actor: string;
    workloads: ScoreWorkload[];
    paths: readonly string[];
  }): Result<void>;
  /** Storage of its images, for builders whose images can be removed again. */
  readonly storage?: ImageStorage;
  build(input: BuildInput): Promise<Result<BuildOutput>>;
  /** Reads a document that the builder attached to an image: JSON in UTF-8, in chunks. */
  readEvidence?(
    document: { image: string; digest: string },
    signal: AbortSignal,
  ): Promise<Result<readonly Uint8Array[]>>;
}
