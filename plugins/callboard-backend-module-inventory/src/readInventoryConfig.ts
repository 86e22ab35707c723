import type { Config } from '@backstage/config';
import type {
  ClusterAccess,
  KubeconfigFile,
} from '@callboard/plugin-callboard-clusters-node';
import type { AccessProvider, MemberAccess } from './openMember';

interface InventorySettings {
  members: MemberAccess;
  blueprint?: string;
  livenessDeadlineMs?: number;
}

export interface HubSettings extends InventorySettings {
  name: string;
  kind: 'ManagedCluster' | 'ClusterProfile';
  access: ClusterAccess;
  namespace?: string;
  /** Namespace of the published PlacementDecisions; none are published when omitted. */
  decisionsNamespace?: string;
}

export interface CatalogSettings extends InventorySettings {
  namespace?: string;
}

export interface Inventories {
  refreshMs: number;
  hubs: HubSettings[];
  catalog?: CatalogSettings;
}

const DEFAULT_REFRESH_SECONDS = 60;

/** Reads `callboard.inventory`. Its shape was checked when the configuration was loaded. */
export function readInventoryConfig(config: Config): Inventories {
  const own = config.getOptionalConfig('callboard.inventory');
  const catalog = own?.getOptionalConfig('catalog');
  const namespace = catalog?.getOptionalString('namespace');
  return {
    refreshMs:
      (own?.getOptionalNumber('refreshSeconds') ?? DEFAULT_REFRESH_SECONDS) *
      1000,
    hubs: (own?.getOptionalConfigArray('hubs') ?? []).map(readHub),
    ...(catalog && {
      catalog: {
        ...readSettings(catalog),
        ...(namespace !== undefined && { namespace }),
      },
    }),
  };
}

function readHub(config: Config): HubSettings {
  const namespace = config.getOptionalString('namespace');
  const decisionsNamespace = config.getOptionalString(
    'placementDecisions.namespace',
  );
  return {
    ...readSettings(config),
    name: config.getString('name'),
    kind: config.getString('kind') as HubSettings['kind'],
    access: readAccess(config),
    ...(namespace !== undefined && { namespace }),
    ...(decisionsNamespace !== undefined && { decisionsNamespace }),
  };
}

function readAccess(config: Config): ClusterAccess {
  const kubeconfig = config.getOptional<KubeconfigFile>('kubeconfig');
  if (kubeconfig) return { kubeconfig };
  if (config.getOptionalBoolean('inCluster')) return { inCluster: true };
  const token = config.getOptionalString('token');
  const caData = config.getOptionalString('caData');
  return {
    url: config.getString('url'),
    ...(token !== undefined && { token }),
    ...(caData !== undefined && { caData }),
  };
}

function readSettings(config: Config): InventorySettings {
  const blueprint = config.getOptionalString('blueprint');
  const livenessDeadlineMs = config.getOptionalNumber('livenessDeadlineMs');
  return {
    members: readMembers(config.getOptionalConfig('members')),
    ...(blueprint !== undefined && { blueprint }),
    ...(livenessDeadlineMs !== undefined && { livenessDeadlineMs }),
  };
}

function readMembers(config: Config | undefined): MemberAccess {
  const kubeconfig =
    config?.getOptional<Omit<KubeconfigFile, 'context'>>('kubeconfig');
  const secret = config?.getOptionalString('tokenSecret');
  const providers = config?.getOptional<AccessProvider[]>('providers');
  if (kubeconfig) return { kind: 'kubeconfig', kubeconfig };
  if (secret !== undefined) return { kind: 'token-secret', secret };
  return providers ? { kind: 'providers', providers } : { kind: 'none' };
}
