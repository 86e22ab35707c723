/**
 * A host of repositories that apps may follow: GitHub, GitLab, Gitea. It
 * identifies its own addresses and provides the portal's credential; git does
 * the rest.
 */
export interface SourceHost {
  /** Display name: `GitHub`. */
  readonly title: string;
  /**
   * Whether the repository at this address is on this host. Must be limited to
   * hosts of the platform's configuration: the portal connects to every address
   * that a host accepts.
   */
  owns(url: string): boolean;
  /**
   * Returns the value of the `Authorization` header for reading the repository;
   * undefined where the platform configured no credential.
   */
  authorize(url: string): Promise<string | undefined>;
  /** Reports a status for a commit, where the host supports it. Rejects on failure; the report is retried. */
  reportStatus?(status: CommitStatus): Promise<void>;
}

/** Status of a commit in one environment, shown on its host. */
export interface CommitStatus {
  /** Address of the repository. */
  url: string;
  /** 40 hex digits. */
  commit: string;
  /** Name of the status, unique per commit: `callboard/shop/dev`. */
  context: string;
  state: 'pending' | 'success' | 'failure';
  /** One line of at most 140 characters. */
  description: string;
  /** The page with details. */
  pageUrl: string;
}
