import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  authProvidersExtensionPoint,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { createKeyAuthenticator } from './createKeyAuthenticator';
import { LastSessions } from './LastSessions';

const GUEST = 'user:development/guest';

/**
 * Guest sign-in that requires a key. Replaces Backstage's own guest provider,
 * which signs in every program that reaches the portal's port.
 */
export const authModuleCallboardGuest = createBackendModule({
  pluginId: 'auth',
  moduleId: 'callboard-guest',
  register(env) {
    env.registerInit({
      deps: {
        providers: authProvidersExtensionPoint,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
      },
      async init({ providers, config, logger }) {
        const guest = config.getOptionalConfig('auth.providers.guest');
        const userEntityRef =
          guest?.getOptionalString('userEntityRef') ?? GUEST;
        const sessions = new LastSessions({ logger, now: Date.now });
        providers.registerProvider({
          providerId: 'guest',
          factory: createProxyAuthProviderFactory({
            authenticator: createKeyAuthenticator(),
            signInResolver: ({ result: { isProgram } }, context) =>
              sessions.signInAs({ userEntityRef, isProgram }, context),
          }),
        });
      },
    });
  },
});
