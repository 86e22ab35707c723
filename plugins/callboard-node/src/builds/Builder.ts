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
  /** Which folder of the repository is built; the whole of it where omitted. For names and words: it is built as if it was all. */
  path?: string;
  /** A fresh folder with the files of the revision below `path`, the builder's own to change; removed afterwards. */
  folder: string;
  /** Workloads with the containers that it makes an image for: their image is `.`. */
  workloads: ScoreWorkload[];
  /** What app.yaml says about the build. */
  settings?: BuildSettings;
  /** Aborted when the build's time is over. */
  signal: AbortSignal;
  /** One line of output for people; shown while git waits. */
  onOutput(line: string): void;
}

export interface BuildOutput {
  /** Image by workload and container, for containers whose image is `.`. */
  images: Record<string, Record<string, string>>;
  /** What was attached to the images, for builders that attach something. */
  evidence?: ImageEvidence[];
  /** What people should know though the build succeeded. */
  warnings?: string[];
  /** What says which versions were installed: pushed, or made by the build and kept in what it made. */
  lockfile?: ReleaseLockfile;
}

/** Makes images (or bundles) of a revision. The same revision gives the same names. */
export interface Builder {
  /** `given`, `bundle`, `image`. */
  readonly name: string;
  /** Kinds of clusters that can run what it makes; every kind when omitted. */
  readonly clusters?: ReadonlyArray<ClusterConnectionStatus['kind']>;
  /**
   * Judges by the files' names below the folder that it builds alone, before the branch moves, whether this builder knows what to do with them.
   * Without it everything is left to the build.
   */
  check?(input: {
    app: string;
    /** Who pushes: an entity reference, or what the portal calls itself. */
    actor: string;
    workloads: ScoreWorkload[];
    paths: readonly string[];
  }): Result<void>;
  /** Where its images lie, for builders whose images can be removed again. */
  readonly storage?: ImageStorage;
  build(input: BuildInput): Promise<Result<BuildOutput>>;
  /** Reads a document that it attached to an image: JSON in UTF-8, in pieces. */
  readEvidence?(
    document: { image: string; digest: string },
    signal: AbortSignal,
  ): Promise<Result<readonly Uint8Array[]>>;
}
