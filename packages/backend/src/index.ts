import { createBackend } from '@backstage/backend-defaults';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import {
  AppDoor,
  appDoorServiceRef,
  callboardOwnerPolicy,
  guardDoors,
  localPermissionsServiceFactory,
  sayStoreFaults,
} from '@callboard/plugin-callboard-backend';
import { dataFolderServiceFactory } from '@callboard/plugin-callboard-node';
import { databaseServiceFactory } from './database';
import { describeStartFailure } from './describeStartFailure';
import { endUpgradedConnections } from './endUpgradedConnections';
import { keepOutputHarmless, logRequests, openLogFile } from './log';
import { searchEngineModule } from './searchEngineModule';
import { endWithStarter } from './endWithStarter';
import { startFailuresServiceFactory } from './startFailuresServiceFactory';

const logFile = openLogFile(process.env);
keepOutputHarmless(process, logFile);
const backend = createBackend();
endWithStarter(process);

const appDoor = new AppDoor();
backend.add(
  createServiceFactory({
    service: appDoorServiceRef,
    deps: {},
    factory: () => appDoor,
  }),
);

backend.add(
  rootHttpRouterServiceFactory({
    configure({ applyDefaults, app, config, server, lifecycle, ...given }) {
      const logMb = config.getOptionalNumber('callboard.retention.logMb');
      if (logFile && logMb) logFile.maxBytes = logMb * 1024 * 1024;
      given.middleware.logging = () => logRequests(given.logger);
      guardDoors({ app, server, config, appDoor });
      app.use(sayStoreFaults());
      applyDefaults();
      endUpgradedConnections(server, lifecycle);
    },
  }),
);

// Everything runs in this process: permissions are decided without HTTP.
backend.add(localPermissionsServiceFactory);

// No plugin waits for the disk in the event loop.
backend.add(databaseServiceFactory);

// Before any plugin opens its database: a second portal on the folder changes nothing.
backend.add(dataFolderServiceFactory);

backend.add(import('@backstage/plugin-app-backend'));
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@callboard/plugin-auth-backend-module-callboard-guest'));
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(callboardOwnerPolicy);
backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(import('@backstage/plugin-search-backend'));
backend.add(searchEngineModule);
backend.add(import('@backstage/plugin-search-backend-module-catalog'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));

backend.add(import('@callboard/plugin-callboard-backend'));
backend.add(import('@callboard/plugin-callboard-backend-module-playground'));
backend.add(import('@callboard/plugin-callboard-backend-module-source-hosts'));
backend.add(import('@callboard/plugin-catalog-backend-module-callboard'));
backend.add(import('@callboard/plugin-scaffolder-backend-module-callboard'));
backend.add(import('@callboard/plugin-search-backend-module-callboard'));

// `npm start` waits for either before it reports that Callboard is ready, or why it is not.
backend.add(
  startFailuresServiceFactory(part =>
    endWith(describeStartFailure({ result: { plugins: [part] } })),
  ),
);
backend.start().then(
  () => process.send?.({ type: 'callboard-ready' }),
  error => endWith(describeStartFailure(error)),
);

function endWith(why: string): void {
  process.stderr.write(`Callboard cannot start\n${why}\n`);
  if (process.connected)
    process.send?.({ type: 'callboard-failed', why }, () => process.exit(1));
  else process.exit(1);
}
