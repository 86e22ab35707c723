/** What a revision may hold. Checked before anything of it is read or written. */
export interface GitLimits {
  maxFiles: number;
  maxPathLength: number;
  /** Of all files together, unpacked. */
  maxTotalBytes: number;
  /** Pushes are refused below this. Builds, the database and logs need room too. */
  minFreeBytes: number;
  /** Of one git process that reads. */
  timeoutMs: number;
}

export const DEFAULT_GIT_LIMITS: GitLimits = {
  maxFiles: 20_000,
  maxPathLength: 1_024,
  maxTotalBytes: 512 * 1024 * 1024,
  minFreeBytes: 100 * 1024 * 1024,
  timeoutMs: 30_000,
};
