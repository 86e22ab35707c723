import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  authProvidersExtensionPoint,
  createProxyAuthProviderFactory,
  createProxyAuthenticator,
} from '@backstage/plugin-auth-node';
import { PEOPLE, type Person } from '../people';

/** Signs in whom the header `x-person` names: real tokens, signed by the real auth backend. */
export const signInModule = createBackendModule({
  pluginId: 'auth',
  moduleId: 'people',
  register(env) {
    env.registerInit({
      deps: { providers: authProvidersExtensionPoint },
      async init({ providers }) {
        providers.registerProvider({
          providerId: 'people',
          factory: createProxyAuthProviderFactory({
            authenticator: createProxyAuthenticator({
              defaultProfileTransform: async () => ({ profile: {} }),
              initialize: () => undefined,
              authenticate: async ({ req }) => ({
                result: req.get('x-person') as Person,
              }),
            }),
            signInResolver: async ({ result }, context) =>
              context.issueToken({
                claims: { sub: PEOPLE[result][0], ent: [...PEOPLE[result]] },
              }),
          }),
        });
      },
    });
  },
});
