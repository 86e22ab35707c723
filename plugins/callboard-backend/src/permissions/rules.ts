import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import {
  type App,
  RESOURCE_TYPE_APP,
} from '@callboard/plugin-callboard-common';
import { z } from 'zod';

/** The fields that rules read. */
export type OwnedApp = Pick<App, 'name' | 'owner'>;

/** Apps as a resource type of Backstage's permissions; referenced by name. */
export const appResourceRef = createPermissionResourceRef<
  OwnedApp,
  { owners: string[] }
>().with({
  pluginId: 'callboard',
  resourceType: RESOURCE_TYPE_APP,
});

/** The owner of the app is one of these. Also evaluated for the user of a git token. */
export const isAppOwner = createPermissionRule({
  name: 'IS_APP_OWNER',
  description: 'Allow apps that one of the given entities owns',
  resourceRef: appResourceRef,
  paramsSchema: z.object({
    claims: z
      .array(z.string())
      .describe('Entity references of a user and the groups it belongs to'),
  }),
  apply: (app, { claims }) => claims.includes(app.owner),
  toQuery: ({ claims }) => ({ owners: claims }),
});

const { conditions, createConditionalDecision } = createConditionExports({
  resourceRef: appResourceRef,
  rules: { isAppOwner },
});

/** For policies of a portal: `appConditions.isAppOwner({ claims })`. */
export const appConditions = conditions;

/** For policies of a portal: a decision that holds for some apps. */
export const createAppConditionalDecision = createConditionalDecision;
