import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { CallboardClient } from './CallboardClient';
import { CallboardEntityProvider } from './CallboardEntityProvider';

const CHANGES_TOPIC = 'callboard.changes'; // published by the plugin `callboard`
const PLATFORM_OWNER = 'group:default/platform';

/** Apps, clusters and blueprints of Callboard as entities of the catalog, without anybody registering them. */
export const catalogModuleCallboard = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'callboard',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogProcessingExtensionPoint,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
      },
      async init({
        auth,
        catalog,
        config,
        discovery,
        events,
        lifecycle,
        logger,
      }) {
        const provider = new CallboardEntityProvider({
          client: new CallboardClient({ auth, discovery }),
          platformOwner:
            config.getOptionalString('callboard.catalog.platformOwner') ??
            PLATFORM_OWNER,
          logger,
        });
        catalog.addEntityProvider(provider);
        await events.subscribe({
          id: 'catalog-callboard',
          topics: [CHANGES_TOPIC],
          onEvent: async () => provider.nudge(),
        });
        lifecycle.addShutdownHook(() => provider.stop());
      },
    });
  },
});
