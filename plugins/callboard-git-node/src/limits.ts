/** Limits of a revision. Checked before any of it is read or written. */
export interface GitLimits {
  maxFiles: number;
  maxPathLength: number;
  /** Total size of all files, unpacked. */
  maxTotalBytes: number;
  /** Pushes are refused below this. Builds, the database and logs need free space too. */
  minFreeBytes: number;
  /** Limit of one git process that reads. */
  timeoutMs: number;
}

export const DEFAULT_GIT_LIMITS: GitLimits = {
  maxFiles: 20_000,
  maxPathLength: 1_024,
  maxTotalBytes: 512 * 1024 * 1024,
  minFreeBytes: 100 * 1024 * 1024,
  timeoutMs: 30_000,
};
