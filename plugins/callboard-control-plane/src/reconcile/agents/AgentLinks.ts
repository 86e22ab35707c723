import type { TunnelHub } from '@callboard/plugin-callboard-clusters-node';
import type { Knex } from 'knex';
import { dropAgentLink, findLinksElsewhere, saveAgentLinks } from '../../store';

const RENEW_MS = 10_000;
const BELIEVED_MS = 30_000; // how long a process's report of its links is valid; a killed process does not renew it

/**
 * Tracks to which of several processes an agent is connected. Each process
 * publishes its own links and reads those of the others: only the process with
 * the link can work on the cluster, so only that one requests its lease.
 *
 * Leases alone decide who holds a cluster; a link elsewhere is why a process
 * releases one.
 */
export class AgentLinks {
  readonly #knex: Knex;
  readonly #hub: Pick<TunnelHub, 'linkOf' | 'connected'>;
  readonly #holder: string;
  readonly #clock: { now(): Date };
  #renewedAtMs = 0;
  #elsewhere: readonly string[] = [];

  constructor(
    knex: Knex,
    options: {
      hub: Pick<TunnelHub, 'linkOf' | 'connected'>;
      holder: string;
      clock: { now(): Date };
    },
  ) {
    this.#knex = knex;
    this.#hub = options.hub;
    this.#holder = options.holder;
    this.#clock = options.clock;
  }

  /** Whether the agent is connected to another process, and not to this one. */
  isElsewhere(cluster: string): boolean {
    return (
      this.#elsewhere.includes(cluster) &&
      this.#hub.linkOf(cluster) === undefined
    );
  }

  /** Records at once that a link was opened or closed. */
  async note(cluster: string): Promise<void> {
    const link = { holder: this.#holder, cluster };
    if (this.#hub.linkOf(cluster) === undefined)
      await dropAgentLink(this.#knex, link);
    else
      await saveAgentLinks(
        this.#knex,
        { holder: this.#holder, clusters: [cluster] },
        this.#clock.now(),
      );
  }

  /** Renews the record of the links of this process, and reads those of others. @returns whether the latter changed */
  async refresh(): Promise<boolean> {
    const now = this.#clock.now();
    const holder = this.#holder;
    if (now.getTime() - this.#renewedAtMs >= RENEW_MS) {
      const clusters = this.#hub.connected();
      if (clusters.length > 0)
        await saveAgentLinks(this.#knex, { holder, clusters }, now);
      this.#renewedAtMs = now.getTime();
    }
    const since = new Date(now.getTime() - BELIEVED_MS);
    const elsewhere = await findLinksElsewhere(this.#knex, { holder, since });
    const isChanged = elsewhere.join() !== this.#elsewhere.join();
    this.#elsewhere = elsewhere;
    return isChanged;
  }

  /** Deletes the links of this process, which is stopping. */
  async dropAll(): Promise<void> {
    for (const cluster of this.#hub.connected())
      await dropAgentLink(this.#knex, { holder: this.#holder, cluster });
  }
}
