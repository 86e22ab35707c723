import { DatabaseManager } from '@backstage/backend-defaults/database';
import { checkpointBesideLoop } from '@callboard/plugin-callboard-backend';
import {
  type DatabaseService,
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';

type Client = Awaited<ReturnType<DatabaseService['getClient']>>;

/**
 * Backstage's databases; those that are files of SQLite get a write-ahead log.
 *
 * SQLite works in the event loop. With the journal that it has by default each
 * statement that writes waits for the disk three times, and the catalog makes
 * dozens of them for each new app: everybody else waited as long. With the log
 * nobody waits, and what is in it is moved into the file by another thread. A loss of power takes back what plugins wrote in the last
 * moments and damages nothing; Callboard's own record asks for more by itself.
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

/** The log is one of the file: a connection that replaces a broken one has it too. */
async function useWriteAheadLog(knex: Client): Promise<Client> {
  if (!String(knex.client.config.client).includes('sqlite')) return knex;
  await knex.raw('pragma journal_mode = WAL'); // changes nothing in memory
  await knex.raw('pragma synchronous = NORMAL'); // what connections to such a file begin with
  checkpointBesideLoop(knex);
  return knex;
}
