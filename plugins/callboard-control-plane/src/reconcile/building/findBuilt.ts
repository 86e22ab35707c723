import type { Knex } from 'knex';
import { type BuildRecord, findReleases, findRemovedImages } from '../../store';
import { parseBuilders } from './builders';
import { builtImages } from './builtImages';
import type { Built } from './runBuilds';

/**
 * Finds the images that an earlier release built of the same commit, so that a
 * commit that is pushed again runs the same images.
 *
 * @returns `undefined` where no release has images of every builder that are
 *   kept
 */
export async function findBuilt(
  tx: Knex,
  { app, commit, position, builder }: BuildRecord,
): Promise<Built | undefined> {
  const builders = parseBuilders(builder);
  const removed = await findRemovedImages(tx, { app });
  for (const release of await findReleases(tx, app, { commit })) {
    const { imagesBy, evidence } = release.content;
    if (release.position >= position || !imagesBy) continue;
    if (!builders.every(name => name in imagesBy)) continue;
    if (builtImages(release.content).some(({ image }) => removed.has(image)))
      continue;
    return Object.fromEntries(
      builders.map((name, index) => [
        name,
        {
          images: imagesBy[name],
          // The evidence is kept for the release as a whole.
          ...(index === 0 && evidence && { evidence }),
        },
      ]),
    );
  }
  return undefined;
}
