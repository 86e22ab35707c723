import type { Result } from '@callboard/plugin-callboard-common';

/** Storage of a builder's images, for builders that can remove them again. */
export interface ImageStorage {
  /** Whether an image belongs to this storage, judged by its name. */
  holds(image: string): boolean;
  /**
   * Returns the bytes that the removal of each image frees while the others of
   * `kept` stay. Bytes that several images share count for the first; missing
   * images are left out.
   */
  measure(
    images: readonly string[],
    kept: readonly string[],
    signal: AbortSignal,
  ): Promise<Result<Map<string, number>>>;
  /**
   * Removes an image with everything attached to it; removing a missing image
   * succeeds. Safe to call again after an interruption.
   */
  remove(image: string, signal: AbortSignal): Promise<Result<void>>;
}
