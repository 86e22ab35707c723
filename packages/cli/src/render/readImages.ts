import type { ScoreWorkload } from '@callboard/plugin-callboard-common';
import { UsageError } from '../Io';

/** Images by workload and container. */
export type Images = Record<string, Record<string, string>>;

/** Parses `container=image` and `workload/container=image`. */
export function readImages(
  given: readonly string[],
  workloads: readonly ScoreWorkload[],
): Images {
  const images: Images = {};
  for (const text of given) {
    const [, workload, container, image] =
      /^(?:([^/=]+)\/)?([^/=]+)=(\S+)$/.exec(text) ?? [];
    if (image === undefined)
      throw new UsageError(
        `--image "${text}" is not of the form container=image or workload/container=image`,
      );
    const meant = workloads.filter(
      ({ metadata, containers }) =>
        (workload === undefined || metadata.name === workload) &&
        Object.hasOwn(containers, container),
    );
    if (meant.length === 0)
      throw new UsageError(
        `--image "${text}" names no container; there are ${workloads
          .flatMap(({ metadata, containers }) =>
            Object.keys(containers).map(name => `${metadata.name}/${name}`),
          )
          .join(', ')}`,
      );
    for (const { metadata } of meant)
      images[metadata.name] = { ...images[metadata.name], [container]: image };
  }
  return images;
}
