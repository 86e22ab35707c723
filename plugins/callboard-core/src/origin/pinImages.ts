import {
  type ParsedScore,
  type Problem,
  type ScoreWorkload,
  suggestName,
} from '@callboard/plugin-callboard-common';
import { buildFolderOf } from '../render';

/** Built images by `container` or `workload/container`. */
export type GivenImages = Readonly<Record<string, string>>;

/** A parsed workload, and the positions of its fields in the file. */
type Described = Pick<ParsedScore, 'workload'> &
  Partial<Pick<ParsedScore, 'locate'>>;

type Pinned =
  | { ok: true; workloads: ScoreWorkload[] }
  | { ok: false; problems: Problem[] };

// A tag beside the digest is ignored, as on clusters: the digest counts.
const PINNED = /^[a-z0-9](?:[A-Za-z0-9._:/-]{0,500})@sha256:[0-9a-f]{64}$/;
const MAX_SHOWN = 200; // characters
const MOST_NAMES = 10;

/**
 * Sets images that were built elsewhere for their containers. An image by the
 * full name takes precedence over one by the container's name alone; both over
 * an image in the score file.
 *
 * @returns every fault: an image without a digest, an unknown container, a
 *   container without an image
 */
export function pinImages(
  described: readonly Described[],
  images: GivenImages,
): Pinned {
  const workloads = described.map(({ workload }) => workload);
  const problems = [
    ...Object.keys(images)
      .sort()
      .flatMap(name => judgeImage(name, images[name], workloads)),
    ...described.flatMap(each => findMissing(each, images)),
  ];
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, workloads: workloads.map(each => place(each, images)) };
}

function place(workload: ScoreWorkload, images: GivenImages): ScoreWorkload {
  const containers = Object.entries(workload.containers).map(
    ([name, container]) => {
      const image = imageFor(workload, name, images);
      return [name, image === undefined ? container : { ...container, image }];
    },
  );
  return { ...workload, containers: Object.fromEntries(containers) };
}

function imageFor(
  { metadata }: ScoreWorkload,
  container: string,
  images: GivenImages,
): string | undefined {
  const name = [`${metadata.name}/${container}`, container].find(each =>
    Object.hasOwn(images, each),
  );
  return name === undefined ? undefined : images[name];
}

function judgeImage(
  name: string,
  image: unknown,
  workloads: readonly ScoreWorkload[],
): Problem[] {
  const names = workloads.flatMap(({ metadata, containers }) =>
    Object.keys(containers).flatMap(each => [each, `${metadata.name}/${each}`]),
  );
  if (!names.includes(name)) return [containerUnknown(name, names)];
  const text = typeof image === 'string' ? image : '';
  return PINNED.test(text) ? [] : [imageNotPinned(name, text)];
}

function findMissing(
  { workload, locate }: Described,
  images: GivenImages,
): Problem[] {
  return Object.entries(workload.containers)
    .filter(
      ([name, { image }]) =>
        buildFolderOf(image) !== undefined &&
        imageFor(workload, name, images) === undefined,
    )
    .map(([name, { image }]) => ({
      code: 'image-not-given',
      what: `Cannot release container "${name}" of workload "${workload.metadata.name}"`,
      why: `its image is "${image}", which is built, and no image was given for it`,
      next: `Give its image with its digest: "${name}": "registry/repository@sha256:…"`,
      transient: false,
      ...(locate && { at: locate(['containers', name, 'image']) }),
    }));
}

function imageNotPinned(container: string, image: string): Problem {
  const shown = image.slice(0, MAX_SHOWN);
  const isTag = /^[A-Za-z0-9._:/-]+$/.test(image);
  return {
    code: 'image-not-pinned',
    what: `Cannot release container "${container}"`,
    why: isTag
      ? `its image "${shown}" is not named by a digest, and a tag can be moved to another image`
      : `"${shown}" is not the name of an image with its digest`,
    next: 'Write it as registry/repository@sha256:…, with the digest that the push of the image printed',
    transient: false,
  };
}

function containerUnknown(name: string, names: readonly string[]): Problem {
  const shown = name.slice(0, MAX_SHOWN);
  const meant = suggestName(name, names);
  const known = [...new Set(names.filter(each => !each.includes('/')))];
  return {
    code: 'container-unknown',
    what: `Cannot place the image for "${shown}"`,
    why: 'no workload of these files has a container of that name',
    next:
      meant === undefined
        ? `Use one of ${known
            .slice(0, MOST_NAMES)
            .map(each => `"${each}"`)
            .join(', ')}`
        : `Write "${meant}"`,
    transient: false,
  };
}
