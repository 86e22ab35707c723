import type { Result } from '@callboard/plugin-callboard-common';

export interface RevisionInfo {
  /** Full commit id. */
  commit: string;
  /** First line of the commit message. */
  message: string;
  /** `Ana <ana@example.com>`. */
  author: string;
}

/** Reads pushed revisions. Implemented by the embedded git host. */
export interface RevisionSource {
  readInfo(app: string, commit: string): Promise<Result<RevisionInfo>>;
  /**
   * Returns the text of a file of the revision; undefined where it does not
   * exist. Refuses more than `maxBytes` before reading.
   */
  readFile(
    app: string,
    commit: string,
    path: string,
    maxBytes: number,
  ): Promise<Result<string | undefined>>;
  listFiles(app: string, commit: string): Promise<Result<string[]>>;
  /**
   * Writes all files of the revision, or those below `from` as the root, into
   * an existing, empty folder. Symbolic links that lead outside are refused.
   */
  exportTo(
    app: string,
    commit: string,
    folder: string,
    from?: string,
  ): Promise<Result<void>>;
  /** Returns a digest of the files below a folder: equal for equal files; undefined where there are none. */
  digestOf(
    app: string,
    commit: string,
    from: string,
  ): Promise<Result<string | undefined>>;
}
