import {
  type KubernetesPlugin,
  type PluginCluster,
  usesTokenOfPerson,
} from './KubernetesPlugin';
import { ProxyTransport } from './ProxyTransport';
import { type Access, reviewAccess } from './reviewAccess';

const AT_ONCE = 8;

/** The permissions of Callboard on each cluster. The last result is used while a cluster does not respond. */
export class AccessReviews {
  readonly #plugin: KubernetesPlugin;
  readonly #found = new Map<string, Access>();

  constructor(plugin: KubernetesPlugin) {
    this.#plugin = plugin;
  }

  accessOf({ name }: PluginCluster): 'deliver' | 'observe' {
    const found = this.#found.get(name);
    return found === 'observe' || found === 'none' ? 'observe' : 'deliver';
  }

  async renew(clusters: readonly PluginCluster[]): Promise<void> {
    const left = clusters.filter(
      ({ authProvider }) => !usesTokenOfPerson(authProvider),
    );
    const next = async (): Promise<void> => {
      for (let cluster = left.pop(); cluster; cluster = left.pop())
        await this.#review(cluster.name);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, next));
  }

  async #review(name: string): Promise<void> {
    const transport = await ProxyTransport.open(name, this.#plugin);
    const access = await reviewAccess(transport);
    await transport.close();
    if (access !== 'unknown') this.#found.set(name, access);
  }
}
