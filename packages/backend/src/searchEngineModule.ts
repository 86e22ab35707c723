import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogCollatorExtensionPoint } from '@backstage/plugin-search-backend-module-catalog';
import { searchEngineRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import { catalogSearchDocument } from './catalogSearchDocument';
import { IndexedSearchEngine } from './IndexedSearchEngine';
import { VisibleLunrSearchEngine } from './VisibleLunrSearchEngine';

/** Search that shows why something matches, and reports while its index is being built after a start. */
export const searchEngineModule = createBackendModule({
  pluginId: 'search',
  moduleId: 'indexed-lunr',
  register(env) {
    env.registerInit({
      deps: {
        engines: searchEngineRegistryExtensionPoint,
        catalogDocuments: catalogCollatorExtensionPoint,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init({ engines, catalogDocuments, logger, scheduler }) {
        catalogDocuments.setEntityTransformer(catalogSearchDocument);
        engines.setSearchEngine(
          new IndexedSearchEngine(new VisibleLunrSearchEngine({ logger }), {
            collate: type =>
              // Refused while the task runs: then collation has begun.
              void scheduler.triggerTask(taskOf(type)).catch(() => {}),
          }),
        );
      },
    });
  },
});

/** Returns the task name of a type in Backstage's index builder. */
function taskOf(type: string): string {
  return `search_index_${type.replace('-', '_').toLowerCase()}`;
}
