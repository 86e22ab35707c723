import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { CallboardClient } from '@callboard/plugin-callboard-node';

/** A question over all apps takes longer than one about one app. */
export const DEADLINE_MS = 20_000;

export interface ActionDeps {
  actions: ActionsRegistryService;
  callboard: Pick<CallboardClient, 'ask'>;
}

/** Of every action here: it only reads, and may be called again without harm. */
export const READ_ONLY = {
  readOnly: true,
  idempotent: true,
  destructive: false,
} as const;
