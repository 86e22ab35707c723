import type { Problem } from '@callboard/plugin-callboard-common';

/** Recorded where every image is named and nothing is built. */
export const NAMED_IMAGES = 'given';

/** Names of builders as one text, each once, that of the first environment first: `bundle+image`. */
export function formatBuilders(names: readonly string[]): string {
  return [...new Set(names)].join('+');
}

/** Names of builders, the one of the first environment first. */
export function parseBuilders(text: string): string[] {
  return text.split('+');
}

/** Returns the problem of an environment that names a builder that this installation does not have. */
export function builderMissing(name: string): Problem {
  return {
    code: 'builder-missing',
    what: 'Cannot build what was pushed',
    why:
      name === NAMED_IMAGES
        ? 'the image "." is to be built, and the platform only runs images that are named'
        : `the platform has no builder "${name}"`,
    next: 'Name an image instead of ".", or ask the platform team to set up a builder (callboard.builder)',
    transient: false,
  };
}
