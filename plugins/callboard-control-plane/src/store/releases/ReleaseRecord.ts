import type {
  AppFile,
  ImageEvidence,
  ReleaseLockfile,
  ReleaseOrigin,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';

/** Images by workload and container. */
export type Images = Record<string, Record<string, string>>;

/** Everything that is needed to deploy a release again later, except the images. */
export interface ReleaseContent {
  appFile?: AppFile;
  workloads: ScoreWorkload[];
  /** For the first environment. */
  images: Images;
  /** By the name of the builder, where something was built: environments may need different ones. */
  imagesBy?: Record<string, Images>;
  /** For folders that are built separately, the identity that determines what was built. */
  folders?: Record<string, string>;
  /** Evidence attached to built images: their contents and their origin. */
  evidence?: ImageEvidence[];
  /** Warnings of the builds. */
  warnings?: string[];
  /** The lockfile that fixes the installed versions of dependencies. */
  lockfile?: ReleaseLockfile;
  /** Where its images were built, where that was elsewhere. */
  origin?: ReleaseOrigin;
  /** Text of the files that workloads mount from the repository, by path. */
  files: Record<string, string>;
}

/** Immutable and numbered. */
export interface ReleaseRecord {
  app: string;
  number: number;
  commit: string;
  /** Of the revision that it was made from: a commit that is pushed again becomes another release. */
  position: number;
  message: string;
  author: string;
  createdBy: string;
  createdAt: Date;
  /** Version of the renderer that it was made with; no other version renders it. */
  renderer: number;
  content: ReleaseContent;
}
