import { readFile } from 'node:fs/promises';
import {
  API_VERSION,
  type ClusterFile,
  ProblemError,
} from '@callboard/plugin-callboard-common';
import type { ClusterSource, RegisteredCluster } from '../ClusterSource';
import type { ClusterTransport } from '../ClusterTransport';
import { HttpsTransport, type HttpsTransportOptions } from './HttpsTransport';
import { readKubeconfig } from './readKubeconfig';
import { clusterConfigRefused } from './serverProblems';

/** Where a configured cluster is reached: a context of a kubeconfig, or an address with a token. */
export type ClusterAccess =
  | { kubeconfig: { file: string; context?: string } }
  | {
      url: string;
      token?: string;
      caData?: string;
      skipTLSVerify?: boolean;
      allowPlainHttp?: boolean;
    };

/** One entry of `callboard.clusters`. */
export type ConfiguredCluster = ClusterAccess & {
  name: string;
  title?: string;
  labels?: Record<string, string>;
  claims?: Record<string, string>;
  taints?: ClusterFile['spec']['taints'];
  clusterSet?: string;
  blueprint?: string;
  exposure?: ClusterFile['spec']['exposure'];
  owner?: string;
  /** 40 s when omitted. */
  livenessDeadlineMs?: number;
};

const DEFAULT_LIVENESS_MS = 40_000; // as long as Kubernetes waits for a node (node-monitor-grace-period)

/** Clusters that the portal's configuration names. Their credentials are read when they are connected, not before. */
export function kubeconfigSource(config: ConfiguredCluster[]): ClusterSource {
  return {
    name: 'config',
    listClusters: async () => config.map(registerConfigured),
  };
}

function registerConfigured(cluster: ConfiguredCluster): RegisteredCluster {
  const {
    name,
    title,
    labels,
    claims,
    taints,
    clusterSet,
    blueprint,
    exposure,
    owner,
  } = cluster;
  return {
    file: {
      apiVersion: API_VERSION,
      kind: 'Cluster',
      metadata: {
        name,
        ...(title === undefined ? {} : { title }),
        ...(labels === undefined ? {} : { labels }),
      },
      spec: withoutUndefined({
        claims,
        taints,
        clusterSet,
        blueprint,
        exposure,
        owner,
      }),
    },
    connectionKind: 'kubeconfig',
    livenessDeadlineMs: cluster.livenessDeadlineMs ?? DEFAULT_LIVENESS_MS,
    openTransport: () => openHttpsTransport(name, cluster),
  };
}

/** Throws a ProblemError for access that is refused. */
export async function openHttpsTransport(
  name: string,
  access: ClusterAccess,
): Promise<ClusterTransport> {
  return new HttpsTransport(
    'kubeconfig' in access
      ? await readContext(name, access.kubeconfig)
      : optionsOf(name, access),
  );
}

async function readContext(
  cluster: string,
  { file, context }: { file: string; context?: string },
): Promise<HttpsTransportOptions> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new ProblemError(
      clusterConfigRefused(
        cluster,
        `its kubeconfig "${file}" cannot be read`,
        'Check the path and its permissions',
      ),
    );
  });
  const options = readKubeconfig(text, { cluster, context });
  if (!options.ok) throw new ProblemError(options.problem);
  return options.value;
}

function optionsOf(
  cluster: string,
  {
    url,
    token,
    caData,
    skipTLSVerify,
    allowPlainHttp,
  }: Exclude<ClusterAccess, { kubeconfig: unknown }>,
): HttpsTransportOptions {
  const ca = caData === undefined ? undefined : pemOf(caData);
  return { cluster, server: url, token, ca, skipTLSVerify, allowPlainHttp };
}

/** CA data is base64 of PEM, as in a kubeconfig; PEM itself is taken too. */
function pemOf(data: string): string {
  return data.includes('-----BEGIN')
    ? data
    : Buffer.from(data, 'base64').toString('utf8');
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, each]) => each !== undefined),
  ) as T;
}
