/**
 * A host of repositories that apps may follow: GitHub, GitLab, Gitea. It says
 * which addresses are its own and how the portal signs in; git itself does the rest.
 */
export interface SourceHost {
  /** For people: `GitHub`. */
  readonly title: string;
  /** Whether a repository of this address is on it. Only what the platform configured may be: the portal asks every address that a host takes. */
  owns(url: string): boolean;
  /** The value of the `Authorization` header by which the portal reads the repository; undefined where the platform gave it no credential. */
  authorize(url: string): Promise<string | undefined>;
  /** Shows beside a commit how it does, where the host can. Rejects with what prevented it; it is tried again. */
  reportStatus?(status: CommitStatus): Promise<void>;
}

/** How a commit does in one environment, for those who look at it on its host. */
export interface CommitStatus {
  /** Address of the repository. */
  url: string;
  /** 40 hex digits. */
  commit: string;
  /** What it is about, unique per commit: `callboard/shop/dev`. */
  context: string;
  state: 'pending' | 'success' | 'failure';
  /** One line of at most 140 characters. */
  description: string;
  /** The page that tells more. */
  pageUrl: string;
}
