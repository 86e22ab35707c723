import type { BuildInput } from '@callboard/plugin-callboard-node';

/** Tag of an image, for people: clusters use its digest. Images of several folders share a repository. */
export function tagOf({
  revision,
  path = '.',
}: Pick<BuildInput, 'revision' | 'path'>): string {
  const commit = revision.slice(0, 12);
  return path === '.'
    ? commit
    : `${commit}-${path.replace(/[^\w.-]+/g, '-').slice(0, 100)}`;
}
