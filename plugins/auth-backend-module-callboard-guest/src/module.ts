import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  type AuthResolverContext,
  authProvidersExtensionPoint,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { createKeyAuthenticator } from './createKeyAuthenticator';

const GUEST = 'user:development/guest';

/**
 * Guest sign-in that needs a key. Takes the place of Backstage's own guest
 * provider, which signs in every program that reaches the portal's port.
 */
export const authModuleCallboardGuest = createBackendModule({
  pluginId: 'auth',
  moduleId: 'callboard-guest',
  register(env) {
    env.registerInit({
      deps: {
        providers: authProvidersExtensionPoint,
        config: coreServices.rootConfig,
      },
      async init({ providers, config }) {
        const guest = config.getOptionalConfig('auth.providers.guest');
        const userEntityRef =
          guest?.getOptionalString('userEntityRef') ?? GUEST;
        providers.registerProvider({
          providerId: 'guest',
          factory: createProxyAuthProviderFactory({
            authenticator: createKeyAuthenticator(),
            signInResolver: (_info, context) =>
              signInAs(userEntityRef, context),
          }),
        });
      },
    });
  },
});

/** The catalog's user with its groups where the catalog has it, else that user alone. */
async function signInAs(userEntityRef: string, context: AuthResolverContext) {
  try {
    return await context.signInWithCatalogUser({ entityRef: userEntityRef });
  } catch {
    return context.issueToken({
      claims: { sub: userEntityRef, ent: [userEntityRef] },
    });
  }
}
