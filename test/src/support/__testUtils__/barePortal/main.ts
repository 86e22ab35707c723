/*
 * The backend of a portal and nothing beside it: Callboard's own plugin on
 * Backstage's services, with its git host, its hub for agents, its database and
 * its lock on the data folder. No pages, search, sign-in or playground and an
 * empty catalog, so that it starts in a second and can be killed a thousand times.
 *
 *   node barePortal.cjs CONFIG.json [--wait]
 *
 * With `--wait` it loads its code, says `loaded` and begins when it is told
 * `go`, or says what the record holds when it is told `verify`.
 */
import { readFileSync } from 'node:fs';
import { createSpecializedBackend } from '@backstage/backend-app-api';
import { auditorServiceFactory } from '@backstage/backend-defaults/auditor';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { databaseServiceFactory } from '@backstage/backend-defaults/database';
import { discoveryServiceFactory } from '@backstage/backend-defaults/discovery';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { httpRouterServiceFactory } from '@backstage/backend-defaults/httpRouter';
import { lifecycleServiceFactory } from '@backstage/backend-defaults/lifecycle';
import { loggerServiceFactory } from '@backstage/backend-defaults/logger';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { permissionsRegistryServiceFactory } from '@backstage/backend-defaults/permissionsRegistry';
import { rootHealthServiceFactory } from '@backstage/backend-defaults/rootHealth';
import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { rootLifecycleServiceFactory } from '@backstage/backend-defaults/rootLifecycle';
import { WinstonLogger } from '@backstage/backend-defaults/rootLogger';
import { userInfoServiceFactory } from '@backstage/backend-defaults/userInfo';
import {
  type RootConfigService,
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { InMemoryCatalogClient } from '@backstage/catalog-client/testUtils';
import { ConfigReader } from '@backstage/config';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceFactory } from '@backstage/plugin-events-node';
import {
  type Intervals,
  createControlPlane,
  migrateStore,
  verifyJournal,
} from '@callboard/plugin-callboard-control-plane';
import { dataFolderServiceFactory } from '@callboard/plugin-callboard-node';
import createKnex from 'knex';
// Not for others: its intervals are chosen here, and shorter leases spare waiting.
// eslint-disable-next-line @backstage/no-relative-monorepo-imports
import { createCallboardPlugin } from '../../../../../plugins/callboard-backend/src/createCallboardPlugin';

interface BareConfig {
  /** The record, for who verifies it. */
  record: { client: string; connection: unknown };
  intervals?: Partial<Intervals>;
}

const [, , file, wait] = process.argv;
const given = JSON.parse(readFileSync(file, 'utf8'));
const config: BareConfig = given;

async function start(): Promise<void> {
  const backend = createSpecializedBackend({
    defaultServiceFactories: [
      auditorServiceFactory,
      authServiceFactory,
      databaseServiceFactory,
      discoveryServiceFactory,
      eventsServiceFactory,
      httpAuthServiceFactory,
      httpRouterServiceFactory,
      lifecycleServiceFactory,
      loggerServiceFactory,
      permissionsRegistryServiceFactory,
      permissionsServiceFactory,
      rootHealthServiceFactory,
      rootHttpRouterServiceFactory,
      rootLifecycleServiceFactory,
      userInfoServiceFactory,
      createServiceFactory({
        service: coreServices.rootConfig,
        deps: {},
        factory: () => new ConfigReader(given) as RootConfigService,
      }),
      // Backstage's own finds out which values are secret for two seconds.
      createServiceFactory({
        service: coreServices.rootLogger,
        deps: {},
        factory: () => WinstonLogger.create({ level: 'info' }),
      }),
      // It claims no names. Without an answer no app is created.
      createServiceFactory({
        service: catalogServiceRef,
        deps: {},
        factory: () => new InMemoryCatalogClient(),
      }),
    ],
  });
  backend.add(dataFolderServiceFactory);
  backend.add(
    createCallboardPlugin({
      migrate: migrateStore,
      create: deps =>
        createControlPlane({
          ...deps,
          intervals: { ...deps.intervals, ...config.intervals },
        }),
    }),
  );
  await backend.start();
  process.send?.({ type: 'ready' });
}

/** The first entry of the journal that was changed or lost; none where its chain is whole. */
async function verify(): Promise<void> {
  const knex = createKnex({
    ...config.record,
    useNullAsDefault: true,
  } as never);
  const broken = await verifyJournal(knex);
  await knex.destroy();
  process.send?.({ type: 'verified', broken });
}

function failed(error: Error): void {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
}

if (wait === '--wait') {
  process.once('disconnect', () => process.exit(0)); // who started it is gone
  process.on('message', (message: unknown) => {
    if (message === 'go') start().catch(failed);
    if (message === 'verify') verify().catch(failed);
  });
  process.send?.({ type: 'loaded' });
} else start().catch(failed);
