import type { App } from '@callboard/plugin-callboard-common';

/** Whom an answer is for. */
export interface Viewer {
  mayPromote: boolean;
  /** Entity references the viewer acts for; undefined for a service. */
  ownershipRefs: readonly string[] | undefined;
}

/** The app with what its reader may do, so that a page offers nothing that is refused. */
export function forViewer(
  app: App,
  { mayPromote, ownershipRefs = [] }: Viewer,
): App {
  const approve = app.environments
    .filter(
      ({ promotion }) =>
        promotion?.approval !== undefined &&
        ownershipRefs.includes(promotion.approval),
    )
    .map(({ name }) => name);
  return { ...app, viewer: { promote: mayPromote, approve } };
}
