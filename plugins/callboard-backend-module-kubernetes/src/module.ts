import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { clusterSourcesExtensionPoint } from '@callboard/plugin-callboard-node';
import { KubernetesPlugin } from './KubernetesPlugin';
import { kubernetesPluginSource } from './kubernetesPluginSource';
import { readKubernetesConfig } from './readKubernetesConfig';

/**
 * Adds the clusters of Backstage's Kubernetes plugin, reached through its
 * proxy: Callboard holds no credentials for them.
 */
export const kubernetesModule = createBackendModule({
  pluginId: 'callboard',
  moduleId: 'kubernetes',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        clusterSources: clusterSourcesExtensionPoint,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
      },
      async init({
        auth,
        clusterSources,
        config,
        discovery,
        lifecycle,
        logger,
      }) {
        const settings = readKubernetesConfig(config);
        const source = kubernetesPluginSource({
          plugin: new KubernetesPlugin({ auth, discovery, now: Date.now }),
          settings,
          logger,
        });
        clusterSources.addClusterSource(source);
        lifecycle.addStartupHook(() => source.start());
        lifecycle.addShutdownHook(() => source.stop());
      },
    });
  },
});
