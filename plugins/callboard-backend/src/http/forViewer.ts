import type { App } from '@callboard/plugin-callboard-common';
import { sealEntry } from './sealEntry';
import type { SequenceCipher } from './SequenceCipher';

/** The reader of a response. */
export interface Viewer {
  mayPromote: boolean;
  mayDelete: boolean;
  mayChange: boolean;
  /** Entity references the viewer acts for; undefined for a service. */
  ownershipRefs: readonly string[] | undefined;
  /** Set for viewers who may not see every app. */
  sequences?: SequenceCipher;
}

/** Returns the app with the permissions of its viewer, so that a page offers no action that would be refused. */
export function forViewer(
  app: App,
  { mayPromote, mayDelete, mayChange, ownershipRefs = [], sequences }: Viewer,
): App {
  const approve = app.environments
    .filter(
      ({ promotion }) =>
        promotion?.approval !== undefined &&
        ownershipRefs.includes(promotion.approval),
    )
    .map(({ name }) => name);
  const { lastChange } = app;
  return {
    ...app,
    ...(lastChange &&
      sequences && { lastChange: sealEntry(lastChange, sequences) }),
    viewer: {
      promote: mayPromote,
      delete: mayDelete,
      change: mayChange,
      approve,
    },
  };
}
