/** A branch of a repository on another host. */
export interface RemoteBranch {
  /** Without user, password, query and fragment; `https:` unless the host is known to use plain HTTP. */
  url: string;
  branch: string;
  /** The value of an `Authorization` header; absent for a public repository. */
  authorization?: string;
}

/** Limits of reading a remote repository. */
export interface RemoteLimits {
  /** For reading the commit of a branch. */
  lookMs: number;
  /** For fetching a commit. */
  fetchMs: number;
  /** For one fetch, packed. */
  maxBytes: number;
}

export const DEFAULT_REMOTE_LIMITS: RemoteLimits = {
  lookMs: 20_000,
  fetchMs: 300_000,
  maxBytes: 500 * 1024 * 1024,
};
