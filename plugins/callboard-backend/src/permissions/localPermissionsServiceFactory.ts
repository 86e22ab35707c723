import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { ServerPermissionClient } from '@backstage/plugin-permission-node';
import { LocalPermissions } from './LocalPermissions';
import { localPolicyServiceRef } from './LocalPolicy';

/**
 * Permissions for backends that run the permission backend in their own
 * process: `backend.add(localPermissionsServiceFactory)`. Decides by the policy
 * in {@link localPolicyServiceRef}; without one every decision is requested
 * over HTTP, as with Backstage's own service.
 */
export const localPermissionsServiceFactory = createServiceFactory({
  service: coreServices.permissions,
  deps: {
    auth: coreServices.auth,
    config: coreServices.rootConfig,
    discovery: coreServices.discovery,
    plugin: coreServices.pluginMetadata,
    userInfo: coreServices.userInfo,
    local: localPolicyServiceRef,
  },
  factory: ({ auth, config, discovery, plugin, userInfo, local }) =>
    new LocalPermissions({
      auth,
      userInfo,
      local,
      remote: ServerPermissionClient.fromConfig(config, { auth, discovery }),
      isEnabled: config.getOptionalBoolean('permission.enabled') ?? false,
      pluginId: plugin.getId(),
      nowMs: () => performance.now(),
    }),
});
