import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { sourceHostsExtensionPoint } from '@callboard/plugin-callboard-node';
import { readSourceHosts } from './readSourceHosts';

/** Lets apps follow repositories of GitHub, GitLab, Gitea and Bitbucket that `integrations` names. */
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
