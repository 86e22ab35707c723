import {
  type ServiceRef,
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { type DataFolder, openDataFolder } from './openDataFolder';
import { readDataDir } from './readDataDir';

/** Longer than a portal takes to stop: one that is stopping releases the folder in time. */
const WAIT_MS = 10_000;

/**
 * The data folder (`callboard.dataDir`), locked by this process until it ends.
 * Everything that writes below it depends on this service, so that two portals
 * never write to it. With a database server several processes share the folder,
 * which a portal with an embedded database then cannot lock.
 */
export const dataFolderServiceRef = createServiceRef<DataFolder>({
  id: 'callboard.data-folder',
  scope: 'root',
  defaultFactory: async service => factoryOf(service),
});

/**
 * The same service for a backend that needs it first: added to a backend, it
 * takes the lock before any plugin opens its database.
 */
export const dataFolderServiceFactory = factoryOf(dataFolderServiceRef);

function factoryOf(service: ServiceRef<DataFolder, 'root'>) {
  return createServiceFactory({
    service,
    deps: {
      config: coreServices.rootConfig,
      lifecycle: coreServices.rootLifecycle,
    },
    async factory({ config, lifecycle }) {
      const database = config.getOptionalConfig('backend.database');
      const client =
        database?.getOptionalString('plugin.callboard.client') ??
        database?.getOptionalString('client') ??
        'better-sqlite3';
      const folder = await openDataFolder({
        path: readDataDir(config),
        mode: client.includes('sqlite') ? 'exclusive' : 'shared',
        waitMs: WAIT_MS,
      });
      lifecycle.addShutdownHook(() => folder.close());
      return folder;
    },
  });
}
