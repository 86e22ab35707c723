/** Fields of a release that decide about its images. */
export interface RetainableRelease {
  number: number;
  /** Images that were built for it, by name. */
  images: readonly string[];
}

/** Facts that decide which images of an app are removable. */
export interface RetentionFacts {
  releases: readonly RetainableRelease[];
  /** Releases that run, are desired, or are the target of a rollback. */
  inUse: ReadonlySet<number>;
  /** Number of newest releases that keep their images, in use or not. */
  keep: number;
}

/** Images of an app, in the order of their names. */
export interface RetentionPlan {
  kept: string[];
  /** With the releases that lose them, in their order. */
  removable: Array<{ image: string; releases: number[] }>;
}

/**
 * Decides which images of an app are removable: those that belong to none of
 * its newest releases and to none in use.
 */
export function planRetention({
  releases,
  inUse,
  keep,
}: RetentionFacts): RetentionPlan {
  const inOrder = [...releases].sort((a, b) => a.number - b.number);
  const newest = inOrder.slice(Math.max(0, inOrder.length - keep));
  const kept = new Set(
    [...inOrder.filter(({ number }) => inUse.has(number)), ...newest].flatMap(
      ({ images }) => images,
    ),
  );
  const losing = new Map<string, number[]>();
  for (const { number, images } of inOrder)
    for (const image of new Set(images))
      if (!kept.has(image))
        losing.set(image, [...(losing.get(image) ?? []), number]);
  return {
    kept: [...kept].sort(),
    removable: [...losing]
      .map(([image, numbers]) => ({ image, releases: numbers }))
      .sort((a, b) => (a.image < b.image ? -1 : 1)),
  };
}
