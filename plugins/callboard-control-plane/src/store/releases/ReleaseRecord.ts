import type {
  AppFile,
  ImageEvidence,
  ReleaseLockfile,
  ReleaseOrigin,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';

/** Images by workload and container. */
export type Images = Record<string, Record<string, string>>;

/** Everything that is needed to deploy a release again in ten years, the images aside. */
export interface ReleaseContent {
  appFile?: AppFile;
  workloads: ScoreWorkload[];
  /** For the first environment. */
  images: Images;
  /** By the name of the builder, where something was built: environments may need different ones. */
  imagesBy?: Record<string, Images>;
  /** Of folders that are built by themselves, what decided about what was built. */
  folders?: Record<string, string>;
  /** What is attached to built images: what is inside, and where it came from. */
  evidence?: ImageEvidence[];
  /** What the builds warned of. */
  warnings?: string[];
  /** What says which versions of dependencies were installed. */
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
  /** Of the revision that it was made of: a commit that is pushed again becomes another release. */
  position: number;
  message: string;
  author: string;
  createdBy: string;
  createdAt: Date;
  /** Version of the renderer that it was made with; it is rendered by no other. */
  renderer: number;
  content: ReleaseContent;
}
