import {
  API_VERSION,
  type ClusterFile,
} from '@callboard/plugin-callboard-common';
import {
  type ClusterSource,
  type ClusterTransport,
  type ClusterTransportProvider,
  DEFAULT_LIVENESS_MS,
  type RegisteredCluster,
} from '@callboard/plugin-callboard-node';
import { HttpsTransport, type HttpsTransportOptions } from './HttpsTransport';
import {
  ClusterSignIn,
  type KubeconfigFile,
  type ProvidedAccess,
} from './signin/ClusterSignIn';

/**
 * Access to a configured cluster: a context of a kubeconfig, the cluster that
 * the portal runs in, or a URL with a token.
 */
export type ClusterAccess =
  | { kubeconfig: KubeconfigFile }
  | { inCluster: true }
  | ClusterAddress;

/** A transport of another module, with its options. */
export interface TransportChoice {
  transport: { type: string } & Record<string, unknown>;
}

export interface ClusterAddress {
  url: string;
  token?: string;
  caData?: string;
  skipTLSVerify?: boolean;
  allowPlainHttp?: boolean;
}

/** One entry of `callboard.clusters`. */
export type ConfiguredCluster = (ClusterAccess | TransportChoice) & {
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

/** HTTPS, by a kubeconfig, the portal's own pod or a URL: the default transport of clusters. */
const HTTPS_PROVIDER: ClusterTransportProvider = {
  type: 'https',
  prepare: ({ name, options }) =>
    transportOpener(name, options as unknown as ClusterAccess),
};

/** Clusters of the portal's configuration. Their credentials are read only when they are connected. */
export function kubeconfigSource(
  config: ConfiguredCluster[],
  added: readonly ClusterTransportProvider[] = [],
): ClusterSource {
  const providers = [HTTPS_PROVIDER, ...added];
  const clusters = config.map(
    cluster => registerConfigured(cluster, providers), // once: their credentials are kept
  );
  return { name: 'config', listClusters: async () => [...clusters] };
}

/** Throws an Error for a transport without a provider. */
function prepareTransport(
  cluster: ConfiguredCluster,
  providers: readonly ClusterTransportProvider[],
): () => Promise<ClusterTransport> {
  const { type, ...options } =
    'transport' in cluster
      ? cluster.transport
      : { ...cluster, type: HTTPS_PROVIDER.type };
  const provider = providers.find(one => one.type === type);
  if (!provider)
    throw new Error(
      `Cannot reach the cluster "${
        cluster.name
      }" of callboard.clusters: nothing provides the transport "${type}". Install the module that adds it, or use one of: ${providers
        .map(one => one.type)
        .join(', ')}`,
    );
  return provider.prepare({ name: cluster.name, options });
}

function registerConfigured(
  cluster: ConfiguredCluster,
  providers: readonly ClusterTransportProvider[],
): RegisteredCluster {
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
    connectionKind: 'transport' in cluster ? 'transport' : 'kubeconfig',
    livenessDeadlineMs: cluster.livenessDeadlineMs ?? DEFAULT_LIVENESS_MS,
    openTransport: prepareTransport(cluster, providers),
  };
}

/**
 * Returns a function that opens transports to a cluster, one after the other.
 * The credentials of one are reused for the next.
 */
export function transportOpener(
  name: string,
  access: ClusterAccess | ProvidedAccess,
): () => Promise<ClusterTransport> {
  if ('url' in access) return () => openHttpsTransport(name, access);
  const signIn = new ClusterSignIn(name, access);
  return async () => new HttpsTransport(await signIn.open());
}

/** Throws a ProblemError for refused access. */
export async function openHttpsTransport(
  name: string,
  access: ClusterAddress,
): Promise<ClusterTransport> {
  return new HttpsTransport(optionsOf(name, access));
}

function optionsOf(
  cluster: string,
  { url, token, caData, skipTLSVerify, allowPlainHttp }: ClusterAddress,
): HttpsTransportOptions {
  const ca = caData === undefined ? undefined : pemOf(caData);
  return { cluster, server: url, token, ca, skipTLSVerify, allowPlainHttp };
}

/** CA data is base64 of PEM, as in a kubeconfig; PEM itself is accepted too. */
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
