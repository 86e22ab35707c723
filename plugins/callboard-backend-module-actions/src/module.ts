import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { CallboardClient } from '@callboard/plugin-callboard-node';
import { registerAppReads, registerFleetReads } from './actions';

/** Registers what Callboard answers as actions of the plugin `callboard`, for MCP clients and others. */
export const actionsModule = createBackendModule({
  pluginId: 'callboard',
  moduleId: 'actions',
  register(env) {
    env.registerInit({
      deps: {
        actions: actionsRegistryServiceRef,
        auth: coreServices.auth,
        discovery: coreServices.discovery,
      },
      async init({ actions, auth, discovery }) {
        const callboard = new CallboardClient({ auth, discovery });
        registerAppReads({ actions, callboard });
        registerFleetReads({ actions, callboard });
      },
    });
  },
});
