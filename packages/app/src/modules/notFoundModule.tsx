import {
  createFrontendModule,
  NotFoundErrorPage,
} from '@backstage/frontend-plugin-api';
import { SwappableComponentBlueprint } from '@backstage/plugin-app-react';
import { CallboardNotFoundPage } from '@callboard/plugin-callboard';

/** The page for unknown addresses, with links to continue. */
export const notFoundModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    SwappableComponentBlueprint.make({
      name: 'core-not-found-error-page',
      params: define =>
        define({
          component: NotFoundErrorPage,
          loader: () => CallboardNotFoundPage,
        }),
    }),
  ],
});
