import { randomBytes } from 'node:crypto';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  buildersExtensionPoint,
  clusterSourcesExtensionPoint,
  dataFolderServiceRef,
  seedAppsExtensionPoint,
  stopInTime,
} from '@callboard/plugin-callboard-node';
import {
  describeLimits,
  readBuildLimits,
  readEgressHosts,
  readPackageRegistries,
  watchPeers,
} from '@callboard/plugin-callboard-sandbox-node';
import { BundleBuilder } from './bundles/BundleBuilder';
import { describePostgres } from './databases/findPostgres';
import { PlaygroundFleet } from './fleet/PlaygroundFleet';
import { readClusterFiles } from './fleet/readClusterFiles';
import type { SimulatedCluster } from './fleet/SimulatedCluster';
import { createPowerRouter } from './http/createPowerRouter';
import { readPlaygroundConfig } from './readPlaygroundConfig';
import { writeIsolation } from './processes/writeIsolation';
import { readSeedFiles } from './seeds/readSeedFiles';
import { PlaygroundWorker } from './worker/PlaygroundWorker';

/** The playground: a simulated fleet, in a process of its own, on which pushed code really runs. */
export const playgroundModule = createBackendModule({
  pluginId: 'callboard',
  moduleId: 'playground',
  register(env) {
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        builders: buildersExtensionPoint,
        clusterSources: clusterSourcesExtensionPoint,
        config: coreServices.rootConfig,
        dataFolder: dataFolderServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        seedApps: seedAppsExtensionPoint,
      },
      async init({
        auditor,
        builders,
        clusterSources,
        config,
        dataFolder,
        httpAuth,
        httpRouter,
        lifecycle,
        logger,
        permissions,
        seedApps,
      }) {
        const settings = readPlaygroundConfig(config, dataFolder.path);
        if (!settings.enabled) return;

        const files = await readClusterFiles(settings.platformFolders);
        if (files.length === 0)
          logger.warn(
            `The playground has no clusters: ${
              settings.platformFolders.length === 0
                ? 'callboard.platform names no folder'
                : `there is no cluster file in clusters/ of ${settings.platformFolders.join(
                    ', ',
                  )}`
            }`,
          );
        const worker = await PlaygroundWorker.start(
          {
            dataDir: settings.dataDir,
            clusters: files
              .map(file => ({
                file,
                token: randomBytes(24).toString('hex'),
                isOn: true,
              }))
              .sort(byName),
            port: 0,
            nodePortBase: settings.nodePortBase,
            builds: {
              limits: readBuildLimits(config),
              registries: readPackageRegistries(config),
              hosts: readEgressHosts(config),
            },
          },
          logger,
        );
        lifecycle.addShutdownHook(() =>
          stopInTime('The playground', () => worker.close(), { logger }),
        );
        const { isolation, controls, peers, postgres } = worker.facts;
        if (peers) watchPeers(peers);
        builders.addBuilder(
          new BundleBuilder({
            isolation,
            localUser: settings.localUser,
            storage: worker.storage,
            build: input => worker.build(input),
          }),
        );
        await writeIsolation(settings.dataDir, isolation);
        logger.info('isolation found', {
          ...isolation,
          limits: describeLimits(controls),
          databases: describePostgres(postgres),
        });
        const fleet = new PlaygroundFleet({
          worker,
          livenessDeadlineMs: settings.livenessDeadlineMs,
        });
        clusterSources.addClusterSource(fleet);
        httpRouter.use(
          createPowerRouter({
            fleet,
            facts: worker.facts,
            httpAuth,
            permissions,
            auditor,
          }),
        );
        seedApps.addSeedApp({
          name: 'hello',
          owner: 'group:default/guests',
          files: await readSeedFiles('hello'),
          message: 'Say hello',
          promoteTo: ['prod', 'edge'],
        });
        logger.info('playground started', { clusters: files.length });
      },
    });
  },
});

function byName(one: SimulatedCluster, other: SimulatedCluster): number {
  return one.file.metadata.name < other.file.metadata.name ? -1 : 1;
}
