import { useRouteRef } from '@backstage/core-plugin-api';
import {
  appRouteRef,
  appsRouteRef,
  clusterRouteRef,
  createServiceRouteRef,
  fleetRouteRef,
} from './routes';

export interface Links {
  fleet(): string;
  cluster(cluster: string): string;
  apps(): string;
  app(app: string): string;
  /** Undefined where the portal has no templates. */
  createService?: string;
}

/** Addresses of Callboard's pages, wherever the portal mounted them. */
export function useLinks(): Links {
  const fleet = useRouteRef(fleetRouteRef);
  const cluster = useRouteRef(clusterRouteRef);
  const apps = useRouteRef(appsRouteRef);
  const app = useRouteRef(appRouteRef);
  const createService = useRouteRef(createServiceRouteRef);
  return {
    fleet: () => fleet(),
    cluster: name => cluster({ cluster: name }),
    apps: () => apps(),
    app: name => app({ app: name }),
    createService: createService?.(),
  };
}
