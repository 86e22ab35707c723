import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  BuildPlace,
  RunArea,
  readBuildLimits,
} from '@callboard/plugin-callboard-control-plane';
import {
  buildersExtensionPoint,
  clusterSourcesExtensionPoint,
  seedAppsExtensionPoint,
} from '@callboard/plugin-callboard-node';
import { BundleBuilder, BundleStore } from './bundles';
import {
  NODE_PORTS_PER_CLUSTER,
  PlaygroundFleet,
} from './fleet/PlaygroundFleet';
import { readClusterFiles } from './fleet/readClusterFiles';
import { createPowerRouter } from './http/createPowerRouter';
import { openNodePorts } from './nodeports/openNodePorts';
import { ProcessRuntime } from './processes';
import { readPlaygroundConfig } from './readPlaygroundConfig';
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
        httpAuth,
        httpRouter,
        lifecycle,
        logger,
        permissions,
        seedApps,
      }) {
        const settings = readPlaygroundConfig(config);
        if (!settings.enabled) return;

        const isRoot = process.getuid?.() === 0;
        const area = await RunArea.open({ dataDir: settings.dataDir, isRoot });
        const store = new BundleStore({
          folder: join(settings.dataDir, 'bundles'),
          newId: randomUUID,
        });
        const runtime = new ProcessRuntime({ store, area, newId: randomUUID });
        const place = new BuildPlace({
          area,
          newId: randomUUID,
          portalEnv: process.env,
          limits: readBuildLimits(config),
        });
        builders.addBuilder(new BundleBuilder({ store, place }));

        const clusters = await readClusterFiles(settings.platformFolders);
        const nodePortHost = await openNodePorts({
          dataDir: settings.dataDir,
          base: settings.nodePortBase,
          count: clusters.length * NODE_PORTS_PER_CLUSTER,
        });
        const fleet = await PlaygroundFleet.start({
          clusters,
          dataDir: join(settings.dataDir, 'clusters'),
          livenessDeadlineMs: settings.livenessDeadlineMs,
          nodePortBase: nodePortHost.first,
          nodePortHost,
          runtime,
          newToken: () => randomBytes(24).toString('hex'),
        });
        clusterSources.addClusterSource(fleet);
        httpRouter.use(
          createPowerRouter({ fleet, httpAuth, permissions, auditor }),
        );
        seedApps.addSeedApp({
          name: 'hello',
          owner: 'group:default/guests',
          files: await readSeedFiles('hello'),
          message: 'Say hello',
          promoteTo: ['prod'],
        });
        lifecycle.addShutdownHook(async () => {
          await fleet.close();
          await runtime.stopAll(STOP_GRACE_MS);
          await nodePortHost.close();
        });
        logger.info('playground started', { clusters: clusters.length });
      },
    });
  },
});
