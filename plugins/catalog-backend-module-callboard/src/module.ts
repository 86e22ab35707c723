import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  catalogProcessingExtensionPoint,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { AppIndex } from './AppIndex';
import { CallboardClient } from '@callboard/plugin-callboard-node';
import { CallboardEntityProvider } from './CallboardEntityProvider';
import { CallboardProcessor } from './CallboardProcessor';
import { Contenders } from './claims';
import { ClaimSync } from './ClaimSync';

const CHANGES_TOPIC = 'callboard.changes'; // published by the plugin `callboard`
const CONFLICTS_TOPIC = 'experimental.catalog.conflict'; // published by the catalog
const PLATFORM_OWNER = 'group:default/platform';

/**
 * Adds apps, clusters and blueprints of Callboard to the catalog without
 * registration, and shows an app's clusters on the entities that claim it.
 */
export const catalogModuleCallboard = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'callboard',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogProcessingExtensionPoint,
        catalogApi: catalogServiceRef,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
      },
      async init({
        auth,
        catalog,
        catalogApi,
        config,
        discovery,
        events,
        lifecycle,
        logger,
      }) {
        const apps = new AppIndex();
        const contenders = new Contenders();
        const provider = new CallboardEntityProvider({
          client: new CallboardClient({ auth, discovery }),
          claims: new ClaimSync({
            auth,
            catalog: catalogApi,
            apps,
            contenders,
            now: () => Date.now(),
          }),
          platformOwner:
            config.getOptionalString('callboard.catalog.platformOwner') ??
            PLATFORM_OWNER,
          logger,
        });
        catalog.addEntityProvider(provider);
        catalog.addProcessor(new CallboardProcessor({ apps, contenders }));
        await events.subscribe({
          id: 'catalog-callboard',
          topics: [CHANGES_TOPIC],
          onEvent: async () => provider.nudge(),
        });
        await events.subscribe({
          id: 'catalog-callboard-conflicts',
          topics: [CONFLICTS_TOPIC],
          onEvent: async ({ eventPayload }) => {
            if (contenders.add(eventPayload, Date.now())) provider.nudge();
          },
        });
        lifecycle.addShutdownHook(() => provider.stop());
      },
    });
  },
});
