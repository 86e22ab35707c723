import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { searchIndexRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import { CallboardClient } from '@callboard/plugin-callboard-node';
import {
  type CallboardSearchType,
  SEARCH_TYPES,
  createCollators,
} from './createCollators';

/**
 * Adds apps, clusters, blueprints and findings of Callboard to Backstage's
 * search; each result is shown only to users who may read it.
 */
export const searchModuleCallboard = createBackendModule({
  pluginId: 'search',
  moduleId: 'callboard',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        registry: searchIndexRegistryExtensionPoint,
        scheduler: coreServices.scheduler,
      },
      async init({ auth, config, discovery, registry, scheduler }) {
        const types = readTypes(
          config.getOptionalStringArray('callboard.search.types'),
        );
        const client = new CallboardClient({ auth, discovery });
        for (const factory of createCollators(types, client))
          registry.addCollator({
            factory,
            // Local: each process builds its in-memory index at every start.
            schedule: scheduler.createScheduledTaskRunner({
              scope: 'local',
              initialDelay: { seconds: 1 },
              frequency: { minutes: 1 },
              timeout: { minutes: 5 },
            }),
          });
      },
    });
  },
});

function readTypes(
  given: readonly string[] | undefined,
): readonly CallboardSearchType[] {
  if (!given) return SEARCH_TYPES;
  return given.map(type => {
    const known = SEARCH_TYPES.find(each => each === type);
    if (known === undefined)
      throw new InputError(
        `callboard.search.types names "${type}"; there are ${SEARCH_TYPES.join(
          ', ',
        )}`,
      );
    return known;
  });
}
