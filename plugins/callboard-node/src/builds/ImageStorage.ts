import type { Result } from '@callboard/plugin-callboard-common';

/** Where a builder keeps what it made, for those that can remove it again. */
export interface ImageStorage {
  /** Whether an image is one of this storage, judged by its name. */
  holds(image: string): boolean;
  /**
   * Bytes that the removal of each image frees while the others of `kept` stay.
   * What several of them share counts for the first; those that are not there
   * are left out.
   */
  measure(
    images: readonly string[],
    kept: readonly string[],
    signal: AbortSignal,
  ): Promise<Result<Map<string, number>>>;
  /** Removes an image with what is attached to it; one that is not there is removed already. Killed in between, it can be called again. */
  remove(image: string, signal: AbortSignal): Promise<Result<void>>;
}
