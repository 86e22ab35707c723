import { planRetention } from '@callboard/plugin-callboard-core';
import type { ImageStorage } from '@callboard/plugin-callboard-node';
import type { Knex } from 'knex';
import type { ImageReader } from '../../reconcile/roles';
import { builtImages } from '../../reconcile/building/builtImages';
import {
  findApp,
  findReleases,
  findReleasesInUse,
  findRemovedImages,
} from '../../store';

export const DEFAULT_KEPT_RELEASES = 10;

/** Images of one app that may be removed from one storage. */
export interface StoragePlan {
  storage: ImageStorage;
  kept: string[];
  /** Includes those whose removal was started before. */
  removable: Array<{ image: string; releases: number[] }>;
}

/**
 * Decides which images of an app may be removed now, without those that are
 * already removed and those that no storage here holds.
 */
export async function planForApp(
  tx: Knex,
  app: string,
  { builders, retention }: ImageReader['deps'],
): Promise<StoragePlan[]> {
  const isDeleted = (await findApp(tx, app)) === undefined;
  const built = (await findReleases(tx, app)).map(({ number, content }) => ({
    number,
    images: builtImages(content).map(({ image }) => image),
  }));
  const { kept, removable } = planRetention({
    releases: built,
    inUse: await findReleasesInUse(tx, app),
    keep: isDeleted ? 0 : retention?.releases ?? DEFAULT_KEPT_RELEASES,
  });
  const gone = await findRemovedImages(tx, { app });
  const open = removable.filter(
    ({ image }) => gone.get(image)?.state !== 'removed',
  );
  return builders.flatMap(({ storage }) => {
    if (!storage) return [];
    const own = open.filter(({ image }) => storage.holds(image));
    return own.length === 0
      ? []
      : [
          {
            storage,
            kept: kept.filter(image => storage.holds(image)),
            removable: own,
          },
        ];
  });
}
