import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { CallboardOwnerPolicy } from './CallboardOwnerPolicy';
import { localPolicyServiceRef } from './LocalPolicy';

/** Installs {@link CallboardOwnerPolicy} as the portal's policy: `backend.add(callboardOwnerPolicy)`. */
export const callboardOwnerPolicy = createBackendModule({
  pluginId: 'permission',
  moduleId: 'callboard-owner-policy',
  register(env) {
    env.registerInit({
      deps: {
        policy: policyExtensionPoint,
        localPolicy: localPolicyServiceRef,
        config: coreServices.rootConfig,
      },
      async init({ policy, localPolicy, config }) {
        const playground =
          config.getOptionalBoolean('callboard.playground.enabled') ?? false;
        const platformTeam =
          config.getOptionalStringArray('callboard.platformTeam') ?? [];
        const ours = new CallboardOwnerPolicy({ playground, platformTeam });
        policy.setPolicy(ours);
        localPolicy.set(ours);
      },
    });
  },
});
