import { refKey } from '@callboard/plugin-callboard-common';
import { namespaceOf } from '@callboard/plugin-callboard-core';
import { LEADER_LEASE } from '../../reconcile/LeaseKeeper';
import type { LeaseHolder } from '../../reconcile/roles';
import { findAddressClaims } from '../../store';
import { appsOf } from '../read/readApps';
import { type ReadContext, look } from '../read/SnapshotCache';
import type { AddressToProbe } from './types';

const MOST_CLUSTERS = 50; // any of them has the answer

/**
 * All addresses that the portal may probe: a host and path that an app has
 * claimed, that its environment still assigns to it, and that a cluster has
 * accepted.
 *
 * @returns undefined where another process probes
 */
export async function findAddressesToProbe(
  context: ReadContext & LeaseHolder,
): Promise<AddressToProbe[] | undefined> {
  const { deps, leases } = context;
  if (!leases.holds(LEADER_LEASE)) return undefined;
  const claims = await findAddressClaims(deps.knex);
  if (claims.length === 0) return [];
  const shown = await look(context, {});
  const { snapshot } = shown;
  const claimed = new Set(
    claims.map(({ app, host, path }) => `${app} ${host}${path}`),
  );
  const apps = new Set(claims.map(({ app }) => app));
  return appsOf(shown)
    .filter(({ name }) => apps.has(name))
    .flatMap(app =>
      app.environments.flatMap(
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
