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

const MOST_RELEASES = 10; // the number that is kept by default

/** Images built for earlier releases, the newest first. */
export interface BuiltBefore {
  contents: readonly ReleaseContent[];
  /** Images that are no longer kept. */
  removed: { has(image: string): boolean };
}

export async function readBuiltBefore(
  tx: Knex,
  { app, position }: Pick<BuildRecord, 'app' | 'position'>,
): Promise<BuiltBefore> {
  const releases = await findReleases(tx, app, { limit: MOST_RELEASES });
  return {
    contents: releases
      .filter(release => release.position < position)
      .map(({ content }) => content),
    removed: await findRemovedImages(tx, { app }),
  };
}

/**
 * Finds the image that a builder made of the same folder for an earlier
 * release: of many services in one repository, only the changed ones are built
 * again. Pure.
 *
 * @param of.identity - of the folder, from `identifyParts`; a folder without
 *   one is built each time
 */
export function findBuiltPart(
  { contents, removed }: BuiltBefore,
  of: { part: BuildPart; builder: string; identity: string | undefined },
): BuildOutput | undefined {
  const { folder, workloads } = of.part;
  if (of.identity === undefined) return undefined;
  for (const content of contents) {
    if (content.folders?.[folder] !== of.identity) continue;
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
