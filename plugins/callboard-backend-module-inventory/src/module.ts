import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  clusterSourcesExtensionPoint,
  placementPublishersExtensionPoint,
} from '@callboard/plugin-callboard-node';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { inventorySources } from './inventorySources';
import { placementPublishers } from './placementPublishers';
import { readInventoryConfig } from './readInventoryConfig';

const MOST_RESOURCES = 10_000;

/** Adds the clusters of hubs (Open Cluster Management, ClusterProfile) and of the catalog. */
export const inventoryModule = createBackendModule({
  pluginId: 'callboard',
  moduleId: 'inventory',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        clusterSources: clusterSourcesExtensionPoint,
        config: coreServices.rootConfig,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        placements: placementPublishersExtensionPoint,
      },
      async init({
        auth,
        catalog,
        clusterSources,
        config,
        lifecycle,
        logger,
        placements,
      }) {
        const inventories = readInventoryConfig(config);
        const listResources = async (namespace?: string) => {
          const { items } = await catalog.getEntities(
            {
              filter: {
                kind: 'Resource',
                'spec.type': 'kubernetes-cluster',
                ...(namespace !== undefined && {
                  'metadata.namespace': namespace,
                }),
              },
              limit: MOST_RESOURCES,
            },
            { credentials: await auth.getOwnServiceCredentials() },
          );
          return items;
        };
        for (const source of inventorySources(inventories, {
          logger,
          listResources,
        })) {
          clusterSources.addClusterSource(source);
          lifecycle.addStartupHook(() => source.start());
          lifecycle.addShutdownHook(() => source.stop());
        }
        for (const publisher of placementPublishers(inventories))
          placements.addPlacementPublisher(publisher);
      },
    });
  },
});
