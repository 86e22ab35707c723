import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import {
  DEFAULT_LIVENESS_MS,
  PolledSource,
  type RegisteredCluster,
} from '@callboard/plugin-callboard-node';
import { readCatalogClusters } from './catalog/readCatalogClusters';
import { Hub, MANAGED_CLUSTER } from './hubs/Hub';
import { readClusterProfiles } from './hubs/readClusterProfiles';
import { readManagedClusters } from './hubs/readManagedClusters';
import type { InventoryCluster, InventoryReading } from './InventoryCluster';
import { openMember } from './openMember';
import type {
  CatalogSettings,
  HubSettings,
  Inventories,
} from './readInventoryConfig';

const CLUSTER_PROFILE = {
  apiVersion: 'multicluster.x-k8s.io/v1alpha1',
  kind: 'ClusterProfile',
};

export interface SourceDeps {
  logger: LoggerService;
  /** Returns the catalog's resources that are clusters, of one namespace or of all. */
  listResources(namespace?: string): Promise<Entity[]>;
}

/** Returns a source for each configured inventory. */
export function inventorySources(
  { hubs, catalog, refreshMs }: Inventories,
  { logger, listResources }: SourceDeps,
): Array<PolledSource<InventoryCluster>> {
  return [
    ...hubs.map(settings => hubSource(settings, { refreshMs, logger })),
    ...(catalog
      ? [
          new PolledSource({
            name: 'catalog',
            read: async () =>
              readCatalogClusters(await listResources(catalog.namespace)),
            register: registrar(catalog),
            refreshMs,
            logger,
          }),
        ]
      : []),
  ];
}

function hubSource(
  settings: HubSettings,
  deps: { refreshMs: number; logger: LoggerService },
): PolledSource<InventoryCluster> {
  const { name, access, kind, namespace, members } = settings;
  const hub = new Hub(name, access);
  const providers =
    members.kind === 'providers'
      ? members.providers.map(each => each.name)
      : [];
  return new PolledSource({
    ...deps,
    name: `hub ${name}`,
    read: async (): Promise<InventoryReading> =>
      kind === 'ManagedCluster'
        ? readManagedClusters(await hub.list(MANAGED_CLUSTER))
        : readClusterProfiles(
            await hub.list(CLUSTER_PROFILE, namespace),
            providers,
          ),
    register: registrar(settings, hub),
  });
}

/**
 * Returns a function that registers a cluster; `openTransport` stays the same
 * while the inventory's address and provider do.
 */
function registrar(
  settings: Pick<
    CatalogSettings,
    'members' | 'blueprint' | 'livenessDeadlineMs'
  >,
  hub?: Hub,
): (cluster: InventoryCluster) => RegisteredCluster {
  const { members, blueprint, livenessDeadlineMs } = settings;
  const opened = new Map<string, Opened>();
  return cluster => {
    const { file, address, provider } = cluster;
    const { name } = file.metadata;
    const key = JSON.stringify([address, provider]);
    const known = opened.get(name);
    const open =
      known?.key === key ? known.open : openMember(cluster, members, hub);
    opened.set(name, { key, open });
    return {
      file: {
        ...file,
        spec: { ...(blueprint !== undefined && { blueprint }), ...file.spec },
      },
      connectionKind: 'inventory',
      livenessDeadlineMs: livenessDeadlineMs ?? DEFAULT_LIVENESS_MS,
      openTransport: open,
    };
  };
}

interface Opened {
  key: string;
  open: ReturnType<typeof openMember>;
}
