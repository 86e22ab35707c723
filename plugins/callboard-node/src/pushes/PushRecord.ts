import type {
  AppFile,
  ReleaseOrigin,
  Result,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';

/** Entity reference of a user or group, or `system:...`. */
export type Actor = string;

/** A push before the branch moves. The git host read the files within their limits. */
export interface PushedFiles {
  app: string;
  actor: Actor;
  /** Owner of a new app: the pusher, unless app.yaml names an owner that the pusher belongs to. */
  owner: string;
  /** Entity references the pusher acts for (its own and its groups'). */
  ownershipRefs: string[];
  revision: { commit: string; message: string; author: string };
  /** Paths in the revision. */
  paths: string[];
  /** Text of score files and app.yaml, by path. */
  texts: Record<string, string>;
  /** Set where the images were built elsewhere: no build runs. */
  elsewhere?: PushedImages;
}

/** Images built elsewhere, of a revision that may not be in the repository, and their origin. */
export interface PushedImages {
  /** By `container` or `workload/container`, named by digest. */
  images: Record<string, string>;
  origin: Omit<ReleaseOrigin, 'provenance'>;
  /** An in-toto statement, as received. */
  provenance?: Record<string, unknown>;
  request?: PushRequest;
}

/** An idempotent request: sent again, it changes nothing. */
export interface PushRequest {
  /** Chosen by the sender; unique per app. */
  key: string;
  /** Digest of the body: the same key with another body is refused. */
  digest: string;
}

/** The parsed files of a revision, from its push. */
export interface RevisionSpec {
  appFile?: AppFile;
  workloads: ScoreWorkload[];
  /** Set where the images of its workloads were built elsewhere. */
  origin?: ReleaseOrigin;
}

export interface AcceptedPush {
  app: string;
  created: boolean;
  workloads: string[];
  warnings: string[];
}

/**
 * An accepted push with everything to record about it. Plain data, so that it
 * can be stored beside its branch until it is recorded.
 */
export interface JudgedPush
  extends Pick<PushedFiles, 'app' | 'actor' | 'ownershipRefs' | 'revision'> {
  title: string;
  /** Entity reference. */
  owner: string;
  system?: string;
  spec: RevisionSpec;
  /** Names of the builders of its images, as `formatBuilders` writes them. */
  builder: string;
  accepted: AcceptedPush;
  /** Stored beside the revision where its images were built elsewhere. */
  elsewhere?: Pick<PushedImages, 'provenance' | 'request'>;
}

/** Checks and records pushes; the git host's interface to the control plane. */
export interface PushRecord {
  /** Checks a push before the branch moves: name, files, schema, placeholders, owner. Changes nothing. */
  checkPush(push: PushedFiles): Promise<Result<JudgedPush>>;
  /**
   * Records an accepted push after its branch has moved: app (when new),
   * revision, pending build. Idempotent by commit.
   *
   * @param options - `isHead`: whether `main` is at its commit now. A push that
   *   is recorded late, after others, must not look like a move back
   */
  recordPush(
    push: JudgedPush,
    options: { isHead: boolean },
  ): Promise<Result<AcceptedPush>>;
  /** Returns the commit of an earlier request with this key. */
  findRequest(
    app: string,
    key: string,
  ): Promise<{ digest: string; commit: string } | undefined>;
}
