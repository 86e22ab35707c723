import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  API_VERSION,
  ProblemError,
  findNameFault,
} from '@callboard/plugin-callboard-common';
import type {
  ClusterSource,
  ClusterTransport,
  RegisteredCluster,
} from '@callboard/plugin-callboard-node';
import type { KubernetesPlugin, PluginCluster } from './KubernetesPlugin';
import { ProxyTransport } from './ProxyTransport';
import type {
  ClusterSettings,
  KubernetesSettings,
} from './readKubernetesConfig';
import { type Access, reviewAccess } from './reviewAccess';

const DEFAULT_LIVENESS_MS = 40_000; // as long as Kubernetes waits for a node
const AT_ONCE = 8; // access reviews
/** They use the token of the person who looks; Callboard works while nobody does. */
const OF_A_PERSON = new Set(['google', 'oidc', 'aks', 'microsoft']);

export interface KubernetesPluginSourceDeps {
  plugin: KubernetesPlugin;
  settings: KubernetesSettings;
  logger: LoggerService;
}

/**
 * The clusters that Backstage's Kubernetes plugin has. They are read again every
 * minute; what changed is told. A cluster on which Callboard may only read is
 * observed: nothing is placed there, and it gets no blueprint.
 */
export class KubernetesPluginSource implements ClusterSource {
  readonly name = 'kubernetes-plugin';
  readonly #deps: KubernetesPluginSourceDeps;
  readonly #listeners: Array<() => void> = [];
  readonly #access = new Map<string, Access>();
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;
  #known = '';
  #warned = '';

  constructor(deps: KubernetesPluginSourceDeps) {
    this.#deps = deps;
  }

  async listClusters(): Promise<RegisteredCluster[]> {
    const clusters = await this.#readClusters();
    this.#known = JSON.stringify(clusters.map(keyOf));
    return clusters;
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** Looks again and again; a plugin that does not answer yet is asked again. */
  start(): void {
    this.#timer = setTimeout(
      () => this.#refresh(),
      this.#deps.settings.refreshMs,
    );
    this.#timer.unref();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  async #refresh(): Promise<void> {
    try {
      const clusters = await this.#readClusters();
      if (JSON.stringify(clusters.map(keyOf)) !== this.#known)
        for (const listener of this.#listeners) listener();
    } catch (error) {
      this.#deps.logger.warn(
        'The clusters of the Kubernetes plugin cannot be read',
        error as Error,
      );
    }
    if (!this.#isStopped) this.start();
  }

  async #readClusters(): Promise<RegisteredCluster[]> {
    const { plugin, settings } = this.#deps;
    const found = await plugin.listClusters();
    const chosen = this.#choose(found, settings.clusters);
    await this.#reviewAll(chosen.map(({ cluster }) => cluster));
    return chosen.map(({ cluster, own }) => this.#register(cluster, own));
  }

  /** Those that are taken, with what the configuration says of them. */
  #choose(
    found: readonly PluginCluster[],
    wanted: readonly ClusterSettings[] | undefined,
  ): Array<{ cluster: PluginCluster; own?: ClusterSettings }> {
    const complaints: string[] = [];
    const chosen = found.flatMap(cluster => {
      const own = wanted?.find(({ name }) => name === cluster.name);
      if (wanted && !own) return [];
      const fault = findNameFault(cluster.name);
      if (fault) {
        complaints.push(`cluster "${cluster.name}" is left out: ${fault}`);
        return [];
      }
      return [{ cluster, ...(own && { own }) }];
    });
    for (const { name } of wanted ?? [])
      if (!found.some(cluster => cluster.name === name))
        complaints.push(
          `"${name}" of callboard.kubernetes.clusters is none of the Kubernetes plugin`,
        );
    this.#complain(complaints.join('; '));
    return chosen;
  }

  #complain(text: string): void {
    if (text !== this.#warned && text !== '') this.#deps.logger.warn(text);
    this.#warned = text;
  }

  async #reviewAll(clusters: readonly PluginCluster[]): Promise<void> {
    const left = clusters.filter(
      ({ authProvider }) => !OF_A_PERSON.has(authProvider),
    );
    const next = async (): Promise<void> => {
      for (let cluster = left.pop(); cluster; cluster = left.pop())
        await this.#review(cluster.name);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, next));
  }

  /** What was found last counts while a cluster does not answer. */
  async #review(name: string): Promise<void> {
    const transport = await ProxyTransport.open(name, this.#deps.plugin);
    const access = await reviewAccess(transport);
    await transport.close();
    if (access !== 'unknown') this.#access.set(name, access);
  }

  #register(
    { name, title, authProvider }: PluginCluster,
    own?: ClusterSettings,
  ): RegisteredCluster {
    const shown = own?.title ?? title;
    const mayDeliver = !['observe', 'none'].includes(
      this.#access.get(name) ?? 'unknown',
    );
    return {
      file: {
        apiVersion: API_VERSION,
        kind: 'Cluster',
        metadata: {
          name,
          ...(shown !== undefined && { title: shown }),
          ...(own?.labels && { labels: own.labels }),
        },
        spec: own?.spec ?? {},
      },
      connectionKind: 'backstage',
      access: mayDeliver ? 'deliver' : 'observe',
      livenessDeadlineMs: own?.livenessDeadlineMs ?? DEFAULT_LIVENESS_MS,
      openTransport: () => this.#open(name, authProvider),
    };
  }

  async #open(name: string, authProvider: string): Promise<ClusterTransport> {
    if (OF_A_PERSON.has(authProvider))
      throw new ProblemError({
        code: 'cluster-config-refused',
        what: `Cannot connect to cluster "${name}"`,
        why: `the Kubernetes plugin signs in there with the token of the person who looks (authProvider "${authProvider}")`,
        next: 'Let the plugin sign in by itself (serviceAccount, aws, azure, googleServiceAccount), or join the cluster with an agent',
        transient: false,
      });
    return ProxyTransport.open(name, this.#deps.plugin);
  }
}

function keyOf({ file, access, livenessDeadlineMs }: RegisteredCluster) {
  return { file, access, livenessDeadlineMs };
}
