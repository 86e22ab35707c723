import { DatabaseManager } from '@backstage/backend-defaults/database';
import { checkpointBesideLoop } from '@callboard/plugin-callboard-backend';
import {
  type DatabaseService,
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';

type Client = Awaited<ReturnType<DatabaseService['getClient']>>;

/**
 * Backstage's databases; SQLite files get a write-ahead log.
 *
 * SQLite works in the event loop. With its default journal each write statement
 * waits for the disk three times, and the catalog executes dozens of them for
 * each new app: all other requests waited as long. With the log no statement
 * waits, and another thread moves its content into the file. A loss of power
 * undoes the last writes of plugins and damages nothing; Callboard's own
 * database requires more durability by itself.
 */
export const databaseServiceFactory = createServiceFactory({
  service: coreServices.database,
  deps: {
    config: coreServices.rootConfig,
    lifecycle: coreServices.lifecycle,
    logger: coreServices.logger,
    pluginMetadata: coreServices.pluginMetadata,
    rootLifecycle: coreServices.rootLifecycle,
    rootLogger: coreServices.rootLogger,
  },
  createRootContext: ({ config, rootLifecycle, rootLogger }) =>
    DatabaseManager.fromConfig(config, { rootLifecycle, rootLogger }),
  factory({ pluginMetadata, lifecycle, logger }, manager) {
    const database = manager.forPlugin(pluginMetadata.getId(), {
      lifecycle,
      logger,
    });
    let client: Promise<Client> | undefined;
    return {
      ...database,
      getClient() {
        client ??= database.getClient().then(useWriteAheadLog);
        return client;
      },
    };
  },
});

/** The log is a property of the file: a connection that replaces a broken one uses it too. */
async function useWriteAheadLog(knex: Client): Promise<Client> {
  if (!String(knex.client.config.client).includes('sqlite')) return knex;
  await knex.raw('pragma journal_mode = WAL'); // no effect on a database in memory
  await knex.raw('pragma synchronous = NORMAL'); // the default of connections to such a file
  checkpointBesideLoop(knex);
  return knex;
}
