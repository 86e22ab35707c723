import { buildFolderOf } from '@callboard/plugin-callboard-core';
import type { ReleaseContent } from '../../store';

/** An image that was built for a release. */
export interface BuiltImage {
  /** Name of the builder. */
  builder: string;
  image: string;
}

/** Returns the images that were built for a release, each once, without those that its workloads name. */
export function builtImages({
  workloads,
  imagesBy = {},
}: Pick<ReleaseContent, 'workloads' | 'imagesBy'>): BuiltImage[] {
  const found = new Map<string, BuiltImage>();
  for (const [builder, images] of Object.entries(imagesBy))
    for (const { metadata, containers } of workloads)
      for (const [container, { image: named }] of Object.entries(containers)) {
        const image = images[metadata.name]?.[container];
        if (buildFolderOf(named) !== undefined && image !== undefined)
          found.set(image, { builder, image });
      }
  return [...found.values()];
}
