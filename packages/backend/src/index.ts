import { createBackend } from '@backstage/backend-defaults';
import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { callboardOwnerPolicy } from '@callboard/plugin-callboard-backend';
import { endUpgradedConnections } from './endUpgradedConnections';

const backend = createBackend();

backend.add(
  rootHttpRouterServiceFactory({
    configure({ applyDefaults, server, lifecycle }) {
      applyDefaults();
      endUpgradedConnections(server, lifecycle);
    },
  }),
);

backend.add(import('@backstage/plugin-app-backend'));
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(callboardOwnerPolicy);
backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));

backend.add(import('@callboard/plugin-callboard-backend'));
backend.add(import('@callboard/plugin-callboard-backend-module-playground'));
backend.add(import('@callboard/plugin-catalog-backend-module-callboard'));
backend.add(import('@callboard/plugin-scaffolder-backend-module-callboard'));

void backend.start().then(() => {
  // `npm start` waits for this before it says that Callboard is ready.
  process.send?.({ type: 'callboard-ready' });
});
