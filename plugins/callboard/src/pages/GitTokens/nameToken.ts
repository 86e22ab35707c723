import type { GitTokenView } from '@callboard/plugin-callboard-common';

/** `laptop`, or `ci of checkout`. */
export function nameToken({
  name,
  app,
}: Pick<GitTokenView, 'name' | 'app'>): string {
  return app === undefined ? name : `${name} of ${app}`;
}
