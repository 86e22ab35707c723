import type { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import { callboardPermissions } from '@callboard/plugin-callboard-common';
import type { ControlPlane } from '@callboard/plugin-callboard-control-plane';
import { appResourceRef, isAppOwner } from './rules';

/** Registers Callboard's permissions with Backstage, and the rules for those of an app. */
export function registerPermissions(
  registry: PermissionsRegistryService,
  controlPlane: Pick<ControlPlane, 'findOwnedApp'>,
): void {
  const isOfApp = (permission: { type: string }) =>
    permission.type === 'resource';
  registry.addPermissions(
    callboardPermissions.filter(permission => !isOfApp(permission)),
  );
  registry.addResourceType({
    resourceRef: appResourceRef,
    permissions: callboardPermissions.filter(isOfApp),
    rules: [isAppOwner],
    getResources: names =>
      Promise.all(names.map(name => controlPlane.findOwnedApp(name))),
  });
}
