import type { App } from '@callboard/plugin-callboard-common';

/** Whether the user may rotate secrets of resources; this needs no approval. */
export function mayRotate({ viewer }: Pick<App, 'viewer'>): boolean {
  return viewer?.promote ?? true;
}
