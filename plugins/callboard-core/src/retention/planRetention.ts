/** A release, as far as it matters to what is kept. */
export interface RetainableRelease {
  number: number;
  /** Images that were built for it, by name. */
  images: readonly string[];
}

/** What decides which images of an app may go. */
export interface RetentionFacts {
  releases: readonly RetainableRelease[];
  /** Releases that run, are wanted, or would be gone back to. */
  inUse: ReadonlySet<number>;
  /** So many of the newest releases keep their images, in use or not. */
  keep: number;
}

/** Images of an app, in the order of their names. */
export interface RetentionPlan {
  kept: string[];
  /** With the releases that lose them, in their order. */
  removable: Array<{ image: string; releases: number[] }>;
}

/** Decides which images of an app may go: those that belong to none of its newest releases and to none that is in use. */
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
