import { createApp } from '@backstage/app-defaults';
import { AppRouter, FlatRoutes } from '@backstage/core-app-api';
import {
  AlertDisplay,
  Sidebar,
  SidebarItem,
  SidebarPage,
} from '@backstage/core-components';
import {
  SettingsLayout,
  UserSettingsFeatureFlags,
  UserSettingsGeneral,
  UserSettingsPage,
} from '@backstage/plugin-user-settings';
import { CatalogEntityPage, CatalogIndexPage } from '@backstage/plugin-catalog';
import {
  CallboardAppsPage,
  CallboardAuditPage,
  CallboardBlueprintsPage,
  CallboardEnvironmentsPage,
  CallboardFleetPage,
  CallboardGitTokensContent,
  CallboardNotFoundPage,
  CallboardPoliciesPage,
  GuestKeySignInPage,
} from '@callboard/plugin-callboard/legacy';
import { RiMapLine, RiSettings3Line } from '@remixicon/react';
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
    <Route path="/callboard/audit" element={<CallboardAuditPage />} />
    <Route path="/callboard/blueprints" element={<CallboardBlueprintsPage />} />
    <Route
      path="/callboard/environments"
      element={<CallboardEnvironmentsPage />}
    />
    <Route path="/callboard/policies" element={<CallboardPoliciesPage />} />
    <Route path="/settings" element={<UserSettingsPage />}>
      <SettingsLayout>
        <SettingsLayout.Route path="general" title="General">
          <UserSettingsGeneral />
        </SettingsLayout.Route>
        <SettingsLayout.Route path="git-tokens" title="Tokens">
          <CallboardGitTokensContent />
        </SettingsLayout.Route>
        <SettingsLayout.Route path="feature-flags" title="Feature Flags">
          <UserSettingsFeatureFlags />
        </SettingsLayout.Route>
      </SettingsLayout>
    </Route>
    <Route path="/catalog" element={<CatalogIndexPage />} />
    <Route
      path="/catalog/:namespace/:kind/:name"
      element={<CatalogEntityPage />}
    >
      {entityPage}
    </Route>
  </FlatRoutes>
);

/** A portal of the legacy frontend system with Callboard in it. */
export const App = app.createRoot(
  <>
    <AlertDisplay />
    <AppRouter>
      <SidebarPage>
        <Sidebar>
          <SidebarItem
            icon={() => <RiMapLine />}
            to="/callboard"
            text="Callboard"
          />
          <SidebarItem
            icon={() => <RiSettings3Line />}
            to="/settings"
            text="Settings"
          />
        </Sidebar>
        {routes}
      </SidebarPage>
    </AppRouter>
  </>,
);
