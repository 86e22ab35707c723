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
  /** Text of a file of the revision; undefined where there is none. Refuses more than `maxBytes` before reading. */
  readFile(
    app: string,
    commit: string,
    path: string,
    maxBytes: number,
  ): Promise<Result<string | undefined>>;
  listFiles(app: string, commit: string): Promise<Result<string[]>>;
  /**
   * Writes all files of the revision into an existing, empty folder, or those
   * below `from` as if they were all. Symbolic links that lead outside are refused.
   */
  exportTo(
    app: string,
    commit: string,
    folder: string,
    from?: string,
  ): Promise<Result<void>>;
  /** A text that is the same where the files below a folder are; undefined where there are none. */
  digestOf(
    app: string,
    commit: string,
    from: string,
  ): Promise<Result<string | undefined>>;
}
