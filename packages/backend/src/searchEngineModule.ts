import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { LunrSearchEngine } from '@backstage/plugin-search-backend-node';
import { searchEngineRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import { IndexedSearchEngine } from './IndexedSearchEngine';

/** Search that says so while its index is being built after a start. */
export const searchEngineModule = createBackendModule({
  pluginId: 'search',
  moduleId: 'indexed-lunr',
  register(env) {
    env.registerInit({
      deps: {
        engines: searchEngineRegistryExtensionPoint,
        logger: coreServices.logger,
      },
      async init({ engines, logger }) {
        engines.setSearchEngine(
          new IndexedSearchEngine(new LunrSearchEngine({ logger })),
        );
      },
    });
  },
});
