import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { notificationService } from '@backstage/plugin-notifications-node';
import {
  CallboardClient,
  changeSubscribersExtensionPoint,
} from '@callboard/plugin-callboard-node';
import { OwnerNotifier } from './OwnerNotifier';
import { readSettings } from './readSettings';
import { runPasses } from './runPasses';
import { NotifiedNeeds } from './store';

/** Sends notifications of Backstage to the owners of an app when it begins to need them, and when that ends. */
export const notificationsModule = createBackendModule({
  pluginId: 'callboard',
  moduleId: 'notifications',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        changes: changeSubscribersExtensionPoint,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
      },
      async init({ changes, config, database, lifecycle, ...services }) {
        const notifier = new OwnerNotifier({
          ...services,
          callboard: new CallboardClient(services),
          notified: await NotifiedNeeds.open(database),
          settings: readSettings(config),
          now: Date.now,
        });
        changes.addChangeSubscriber(notifier);
        const stopped = new AbortController();
        let running: Promise<void> | undefined;
        lifecycle.addStartupHook(() => {
          running = runPasses(notifier, {
            logger: services.logger,
            signal: stopped.signal,
          });
        });
        lifecycle.addShutdownHook(async () => {
          stopped.abort();
          await running;
        });
      },
    });
  },
});
