import { createApp } from '@backstage/app-defaults';
import { AppRouter, FlatRoutes } from '@backstage/core-app-api';
import {
  AlertDisplay,
  Sidebar,
  SidebarItem,
  SidebarPage,
} from '@backstage/core-components';
import { CatalogEntityPage, CatalogIndexPage } from '@backstage/plugin-catalog';
import {
  CallboardAppsPage,
  CallboardFleetPage,
  CallboardNotFoundPage,
  GuestKeySignInPage,
} from '@callboard/plugin-callboard/legacy';
import { RiAppsLine, RiMapLine } from '@remixicon/react';
import { Navigate, Route } from 'react-router-dom';
import { entityPage } from './entityPage';

const app = createApp({
  components: {
    SignInPage: GuestKeySignInPage,
    NotFoundErrorPage: CallboardNotFoundPage,
  },
});

const routes = (
  <FlatRoutes>
    <Route path="/" element={<Navigate to="/callboard" />} />
    <Route path="/callboard" element={<CallboardFleetPage />} />
    <Route path="/callboard/apps" element={<CallboardAppsPage />} />
    <Route path="/catalog" element={<CatalogIndexPage />} />
    <Route
      path="/catalog/:namespace/:kind/:name"
      element={<CatalogEntityPage />}
    >
      {entityPage}
    </Route>
  </FlatRoutes>
);

/** A portal of the older frontend system with Callboard in it. */
export const App = app.createRoot(
  <>
    <AlertDisplay />
    <AppRouter>
      <SidebarPage>
        <Sidebar>
          <SidebarItem
            icon={() => <RiMapLine />}
            to="/callboard"
            text="Fleet"
          />
          <SidebarItem
            icon={() => <RiAppsLine />}
            to="/callboard/apps"
            text="Apps"
          />
        </Sidebar>
        {routes}
      </SidebarPage>
    </AppRouter>
  </>,
);
