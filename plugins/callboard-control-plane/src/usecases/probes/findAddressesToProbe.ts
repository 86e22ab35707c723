import { refKey } from '@callboard/plugin-callboard-common';
import {
  type AddressProbe,
  namespaceOf,
} from '@callboard/plugin-callboard-core';
import { LEADER_LEASE } from '../../reconcile/LeaseKeeper';
import { findAddressClaims } from '../../store';
import { assembleApp } from '../read/assembleApp';
import { type ReadContext, look } from '../read/SnapshotCache';

/** An address of an app at which the portal may look. */
export interface AddressToProbe {
  app: string;
  environment: string;
  url: string;
  /** Objects of these clusters that may say where the world gets in, by `refKey`. */
  leads: { clusters: string[]; objects: string[] };
  /** What is known of it; absent before the first look. */
  probe?: AddressProbe;
}

const MOST_CLUSTERS = 50; // any of them knows

/**
 * Every address at which the portal may look: a host and path that an app has
 * claimed, that its environment gives it still, and that a cluster has taken.
 *
 * @returns undefined where another process looks
 */
export async function findAddressesToProbe(
  context: ReadContext,
): Promise<AddressToProbe[] | undefined> {
  const { deps, leases } = context;
  if (!leases.holds(LEADER_LEASE)) return undefined;
  const claims = await findAddressClaims(deps.knex);
  if (claims.length === 0) return [];
  const { snapshot } = await look(context, {});
  const claimed = new Set(
    claims.map(({ app, host, path }) => `${app} ${host}${path}`),
  );
  const apps = new Set(claims.map(({ app }) => app));
  return snapshot.apps
    .filter(({ name }) => apps.has(name))
    .flatMap(app =>
      assembleApp(app, snapshot).environments.flatMap(
        ({ name: environment, addresses = [], clusters }) =>
          addresses.flatMap(({ url, accepted }) => {
            if (!accepted) return [];
            const { hostname, pathname } = new URL(url);
            if (!claimed.has(`${app.name} ${hostname}${pathname}`)) return [];
            const namespace = namespaceOf(app.name, environment);
            const workloads = snapshot.specs.get(app.name)?.workloads ?? [];
            const found = snapshot.probes.get(url);
            return [
              {
                app: app.name,
                environment,
                url,
                leads: {
                  clusters: clusters
                    .slice(0, MOST_CLUSTERS)
                    .map(({ cluster }) => cluster),
                  objects: [
                    refKey({
                      apiVersion: 'networking.k8s.io/v1',
                      kind: 'Ingress',
                      namespace,
                      name: hostname,
                    }),
                    ...workloads.map(({ metadata: { name } }) =>
                      refKey({
                        apiVersion: 'v1',
                        kind: 'Service',
                        namespace,
                        name,
                      }),
                    ),
                  ],
                },
                ...(found &&
                  found.app === app.name &&
                  found.environment === environment && { probe: found.probe }),
              },
            ];
          }),
      ),
    );
}
