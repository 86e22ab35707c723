import { useRouteRef } from '@backstage/core-plugin-api';
import { useInstant } from '@callboard/plugin-callboard-react';
import {
  addClusterRouteRef,
  appRouteRef,
  appsRouteRef,
  clusterRouteRef,
  createServiceRouteRef,
  fleetRouteRef,
  joinClusterRouteRef,
} from './routes';

export interface Links {
  fleet(): string;
  /** The fleet's page with a question: what if this cluster is lost? */
  whatIfLost(cluster: string): string;
  cluster(cluster: string): string;
  addCluster(): string;
  joinCluster(cluster: string): string;
  apps(): string;
  /** The apps that need attention. */
  appsInNeed(): string;
  app(app: string): string;
  /** Undefined when the portal has no templates. */
  createService?: string;
}

/** Addresses of Callboard's pages, wherever the portal mounted them. On a page of the past they keep its instant. */
export function useLinks(): Links {
  const at = useInstant();
  const fleet = useRouteRef(fleetRouteRef);
  const cluster = useRouteRef(clusterRouteRef);
  const addCluster = useRouteRef(addClusterRouteRef);
  const joinCluster = useRouteRef(joinClusterRouteRef);
  const apps = useRouteRef(appsRouteRef);
  const app = useRouteRef(appRouteRef);
  const createService = useRouteRef(createServiceRouteRef);
  const then = (address: string) =>
    at ? `${address}?at=${at.toISOString()}` : address;
  return {
    fleet: () => then(fleet()),
    whatIfLost: name =>
      `${fleet()}?${new URLSearchParams({ ask: 'lose', on: name })}`,
    cluster: name => then(cluster({ cluster: name })),
    addCluster: () => addCluster(),
    joinCluster: name => joinCluster({ cluster: name }),
    apps: () => then(apps()),
    appsInNeed: () => {
      const address = then(apps());
      return `${address}${address.includes('?') ? '&' : '?'}show=attention`;
    },
    app: name => then(app({ app: name })),
    createService: createService?.(),
  };
}
