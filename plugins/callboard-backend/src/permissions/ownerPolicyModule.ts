import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { CallboardOwnerPolicy } from './CallboardOwnerPolicy';

/** Installs {@link CallboardOwnerPolicy} as the portal's policy: `backend.add(callboardOwnerPolicy)`. */
export const callboardOwnerPolicy = createBackendModule({
  pluginId: 'permission',
  moduleId: 'callboard-owner-policy',
  register(env) {
    env.registerInit({
      deps: { policy: policyExtensionPoint, config: coreServices.rootConfig },
      async init({ policy, config }) {
        const playground =
          config.getOptionalBoolean('callboard.playground.enabled') ?? false;
        const platformTeam =
          config.getOptionalStringArray('callboard.platformTeam') ?? [];
        policy.setPolicy(
          new CallboardOwnerPolicy({ playground, platformTeam }),
        );
      },
    });
  },
});
