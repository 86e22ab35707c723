import type { Problem } from '@callboard/plugin-callboard-common';

/** There is no decision, because nothing was released. */
export function nothingReleased({
  app,
  title,
}: {
  app: string;
  /** Of the environment. */
  title: string;
}): Problem {
  return {
    code: 'nothing-released',
    what: `Cannot say where "${app}" runs in ${title}`,
    why: 'nothing was released there',
    next: 'Push, or promote a release there',
    transient: false,
  };
}
