/** A branch of a repository that another host keeps. */
export interface RemoteBranch {
  /** Without user, password, query and fragment; `https:` unless the host is known to speak plain HTTP. */
  url: string;
  branch: string;
  /** The value of an `Authorization` header; absent where everybody may read. */
  authorization?: string;
}

/** What a repository elsewhere may cost us. */
export interface RemoteLimits {
  /** Of a question for the commit of a branch. */
  lookMs: number;
  /** Of bringing a commit over. */
  fetchMs: number;
  /** Of what is brought over at once, packed. */
  maxBytes: number;
}

export const DEFAULT_REMOTE_LIMITS: RemoteLimits = {
  lookMs: 20_000,
  fetchMs: 300_000,
  maxBytes: 500 * 1024 * 1024,
};
