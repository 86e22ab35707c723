import type { BuildInput } from '@callboard/plugin-callboard-node';

/** Of an image, for people: clusters name it by its digest. Images of several folders lie side by side. */
export function tagOf({
  revision,
  path = '.',
}: Pick<BuildInput, 'revision' | 'path'>): string {
  const commit = revision.slice(0, 12);
  return path === '.'
    ? commit
    : `${commit}-${path.replace(/[^\w.-]+/g, '-').slice(0, 100)}`;
}
