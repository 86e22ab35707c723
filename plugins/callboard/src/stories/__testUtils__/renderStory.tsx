import type { FrontendFeature } from '@backstage/frontend-plugin-api';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  type CallboardApi,
  callboardApiRef,
} from '@callboard/plugin-callboard-react';
import type { RenderResult } from '@testing-library/react';
// Pages are loaded on demand; loading them here keeps that out of the tests' time.
import '../../pages/AppsRoutes';
import '../../pages/AuditRoutes';
import '../../pages/FleetRoutes';
import '../../pages/BlueprintsRoutes';
import '../../pages/PoliciesRoutes';
import { callboardPlugin } from '../../plugin';

/** What the portal has beside Callboard, for stories on pages of others. */
export const features: FrontendFeature[] = [];

/**
 * What every reader of the stories may do. One file of tests holds one answer:
 * Backstage remembers it for as long as the window is open.
 */
export const permission: {
  result: AuthorizeResult.ALLOW | AuthorizeResult.DENY;
} = { result: AuthorizeResult.ALLOW };

/** The whole plugin in a test portal, opened at an address. */
export function renderStory({
  address,
  api,
}: {
  address: string;
  api: CallboardApi;
}): RenderResult {
  return renderTestApp({
    features: [callboardPlugin, ...features],
    initialRouteEntries: [address],
    apis: [
      [callboardApiRef, api],
      mockApis.permission({ authorize: permission.result }),
      mockApis.identity({
        userEntityRef: 'user:default/ana',
        ownershipEntityRefs: ['group:default/payments'],
      }),
    ],
  });
}
