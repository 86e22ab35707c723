import type { App } from '@callboard/plugin-callboard-common';

/** Whether the reader may have secrets of resources rotated: nobody has to approve that. */
export function mayRotate({ viewer }: Pick<App, 'viewer'>): boolean {
  return viewer?.promote ?? true;
}
