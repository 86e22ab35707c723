import type {
  AppFile,
  ReleaseOrigin,
  Result,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';

/** Who acts: an entity reference of a user or group, or `system:...`. */
export type Actor = string;

/** What a push brings, before the branch moves. Files were read by the git host within their limits. */
export interface PushedFiles {
  app: string;
  actor: Actor;
  /** Owner a new app gets: the pusher, unless app.yaml says otherwise and the pusher belongs to it. */
  owner: string;
  /** Entity references the pusher acts for (its own and its groups'). */
  ownershipRefs: string[];
  revision: { commit: string; message: string; author: string };
  /** Paths in the revision. */
  paths: string[];
  /** Text of score files and app.yaml, by path. */
  texts: Record<string, string>;
  /** Present where the images were built already: nothing is built of the files. */
  elsewhere?: PushedImages;
}

/** Images that somebody else built of a revision that may not be here, and what they say of it. */
export interface PushedImages {
  /** By `container` or `workload/container`, named by digest. */
  images: Record<string, string>;
  origin: Omit<ReleaseOrigin, 'provenance'>;
  /** An in-toto statement, as it came. */
  provenance?: Record<string, unknown>;
  request?: PushRequest;
}

/** A request that may be sent again, and must then change nothing. */
export interface PushRequest {
  /** Chosen by who sent it; of one app. */
  key: string;
  /** Of its body: the same key with another body is a mistake. */
  digest: string;
}

/** What a revision says of the app, as parsed when it was pushed. */
export interface RevisionSpec {
  appFile?: AppFile;
  workloads: ScoreWorkload[];
  /** Present where the images of its workloads were built elsewhere. */
  origin?: ReleaseOrigin;
}

export interface AcceptedPush {
  app: string;
  created: boolean;
  workloads: string[];
  warnings: string[];
}

/**
 * A push that was judged and may go on: everything that is recorded of it. Plain
 * data, so that it can be kept beside its branch until it is recorded.
 */
export interface JudgedPush
  extends Pick<PushedFiles, 'app' | 'actor' | 'ownershipRefs' | 'revision'> {
  title: string;
  /** Entity reference. */
  owner: string;
  system?: string;
  spec: RevisionSpec;
  /** Names of the builders that make its images, as `formatBuilders` writes them. */
  builder: string;
  accepted: AcceptedPush;
  /** What is kept beside the revision where its images were built elsewhere. */
  elsewhere?: Pick<PushedImages, 'provenance' | 'request'>;
}

/** Judges pushes and records them; what the git code needs of the control plane. */
export interface PushRecord {
  /** Judges a push before the branch moves: name, files, schema, placeholders, owner. Changes nothing. */
  checkPush(push: PushedFiles): Promise<Result<JudgedPush>>;
  /**
   * Records a push whose branch has moved, as it was judged: app (when new),
   * revision, build to do. Idempotent by commit.
   *
   * @param options - `isHead`: whether `main` is at its commit now. A push that
   * is settled late, after others, must not be taken for a move back
   */
  recordPush(
    push: JudgedPush,
    options: { isHead: boolean },
  ): Promise<Result<AcceptedPush>>;
  /** The commit that an earlier request with this key became. */
  findRequest(
    app: string,
    key: string,
  ): Promise<{ digest: string; commit: string } | undefined>;
}
