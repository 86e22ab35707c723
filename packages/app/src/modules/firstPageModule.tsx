import {
  createFrontendModule,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { Navigate } from 'react-router-dom';

/** Redirects the portal's root to the fleet. */
export const firstPageModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    PageBlueprint.make({
      name: 'first',
      params: {
        path: '/',
        noHeader: true,
        loader: async () => <Navigate to="/callboard" replace />,
      },
    }),
  ],
});
