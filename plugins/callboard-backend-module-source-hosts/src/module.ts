import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { sourceHostsExtensionPoint } from '@callboard/plugin-callboard-node';
import { readSourceHosts } from './readSourceHosts';

/** Lets apps follow repositories on the GitHub, GitLab, Gitea and Bitbucket hosts in `integrations`. */
export const sourceHostsModule = createBackendModule({
  pluginId: 'callboard',
  moduleId: 'source-hosts',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        sourceHosts: sourceHostsExtensionPoint,
      },
      async init({ config, sourceHosts }) {
        for (const host of readSourceHosts(config))
          sourceHosts.addSourceHost(host);
      },
    });
  },
});
