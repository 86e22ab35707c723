import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  BuildPlace,
  RunArea,
  describeLimits,
  readBuildLimits,
  readEgressHosts,
  readPackageRegistries,
} from '@callboard/plugin-callboard-control-plane';
import {
  buildersExtensionPoint,
  clusterSourcesExtensionPoint,
  dataFolderServiceRef,
  seedAppsExtensionPoint,
  stopInTime,
} from '@callboard/plugin-callboard-node';
import { BundleBuilder, BundleStore } from './bundles';
import { PlaygroundFleet } from './fleet/PlaygroundFleet';
import { readClusterFiles } from './fleet/readClusterFiles';
import { createPowerRouter } from './http/createPowerRouter';
import { LoopbackNodePorts } from './nodeports/LoopbackNodePorts';
import { NodePortTable } from './nodeports/NodePortTable';
import { ProcessRuntime } from './processes';
import { readPlaygroundConfig } from './readPlaygroundConfig';
import { writeIsolation } from './processes/writeIsolation';
import { readSeedFiles } from './seeds/readSeedFiles';

const STOP_GRACE_MS = 3_000;

/** The playground: a simulated fleet in this process on which pushed code really runs. */
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

        const isRoot = process.getuid?.() === 0;
        const area = await RunArea.open({ dataDir: settings.dataDir, isRoot });
        const store = new BundleStore({
          folder: join(settings.dataDir, 'bundles'),
          newId: randomUUID,
        });
        const runtime = new ProcessRuntime({ store, area, newId: randomUUID });
        const packageRegistries = readPackageRegistries(config);
        const place = new BuildPlace({
          area,
          newId: randomUUID,
          portalEnv: process.env,
          limits: readBuildLimits(config),
          egress: {
            registries: packageRegistries.map(({ url }) => url),
            hosts: readEgressHosts(config),
          },
        });
        builders.addBuilder(
          new BundleBuilder({
            store,
            place,
            isolation: area.isolation,
            localUser: settings.localUser,
            packageRegistries,
          }),
        );
        await writeIsolation(settings.dataDir, area.isolation);
        logger.info('isolation found', {
          ...area.isolation,
          limits: describeLimits(area.controls),
        });

        const clusters = await readClusterFiles(settings.platformFolders);
        if (clusters.length === 0)
          logger.warn(
            `The playground has no clusters: ${
              settings.platformFolders.length === 0
                ? 'callboard.platform names no folder'
                : `there is no cluster file in clusters/ of ${settings.platformFolders.join(
                    ', ',
                  )}`
            }`,
          );
        const nodePortHost = await LoopbackNodePorts.open({
          base: settings.nodePortBase,
          table: new NodePortTable(join(settings.dataDir, 'node-ports.json')),
          ...(clusters.length === 0 && { spare: 0 }),
        });
        const fleet = await PlaygroundFleet.start({
          clusters,
          dataDir: join(settings.dataDir, 'clusters'),
          livenessDeadlineMs: settings.livenessDeadlineMs,
          nodePortRange: nodePortHost.range,
          nodePortHost,
          runtime,
          newToken: () => randomBytes(24).toString('hex'),
        });
        clusterSources.addClusterSource(fleet);
        httpRouter.use(
          createPowerRouter({
            fleet,
            area,
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
        const stop = async () => {
          await fleet.close();
          await runtime.stopAll(STOP_GRACE_MS);
          await nodePortHost.close();
        };
        lifecycle.addShutdownHook(() =>
          stopInTime('The playground', stop, { logger }),
        );
        logger.info('playground started', { clusters: clusters.length });
      },
    });
  },
});
