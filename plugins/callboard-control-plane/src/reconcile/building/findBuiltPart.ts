import {
  buildFolderOf,
  nameBuiltImages,
} from '@callboard/plugin-callboard-core';
import type { BuildOutput } from '@callboard/plugin-callboard-node';
import type { Knex } from 'knex';
import {
  type BuildRecord,
  type ReleaseContent,
  findReleases,
  findRemovedImages,
} from '../../store';
import type { BuildPart } from './buildParts';

const MOST_RELEASES = 10; // as many as are kept where nobody says otherwise

/**
 * Finds what a builder made of the same folder for an earlier release: of many
 * services in one repository, only those that changed are built again.
 *
 * @param identity - of the folder, from `identifyParts`
 */
export async function findBuiltPart(
  tx: Knex,
  { app, position }: Pick<BuildRecord, 'app' | 'position'>,
  of: { part: BuildPart; builder: string; identity: string },
): Promise<BuildOutput | undefined> {
  const { folder, workloads } = of.part;
  const removed = await findRemovedImages(tx, { app });
  const releases = await findReleases(tx, app, { limit: MOST_RELEASES });
  for (const { position: its, content } of releases) {
    if (its >= position || content.folders?.[folder] !== of.identity) continue;
    const image = imageOf(folder, of.builder, content);
    if (image === undefined || removed.has(image)) continue;
    const evidence = content.evidence?.filter(each => each.image === image);
    return {
      images: nameBuiltImages(workloads, image),
      ...(evidence?.length && { evidence }),
    };
  }
  return undefined;
}

function imageOf(
  folder: string,
  builder: string,
  { workloads, imagesBy = {} }: ReleaseContent,
): string | undefined {
  for (const { metadata, containers } of workloads)
    for (const [container, { image }] of Object.entries(containers))
      if (buildFolderOf(image) === folder)
        return imagesBy[builder]?.[metadata.name]?.[container];
  return undefined;
}
