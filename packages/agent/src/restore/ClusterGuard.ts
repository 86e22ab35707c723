import type { ApiServer } from '../api/ApiServer';
import type { AgentState } from '../state/AgentState';
import { guardObjects } from './guardObjects';
import { restoreObject } from './restoreObject';

export interface ClusterGuardOptions {
  api: ApiServer;
  state: AgentState;
  now: () => Date;
  log: (line: string) => void;
  /** How long the hub may be away before the agent acts by itself; 10 s when omitted. */
  graceMs?: number;
  /** First pause before an object is looked at again that could not be put back; 1 s when omitted. */
  soonMs?: number;
}

const GRACE_MS = 10_000; // a hub that restarts is back sooner, and decides itself

const MAX_LAST_LOOKS = 20; // the hub is waiting

/**
 * Keeps the cluster as the hub wanted it last while no hub is there. With a hub
 * it does nothing: the hub decides, and nobody fights.
 */
export class ClusterGuard {
  readonly #options: ClusterGuardOptions;
  #away: { since: Date; why: string } | undefined;
  #grace: NodeJS.Timeout | undefined;
  #stop = new AbortController();
  #guarding: Promise<void> = Promise.resolve();

  constructor(options: ClusterGuardOptions) {
    this.#options = options;
  }

  /** Resolves once nothing that was begun alone is under way. Wait for it before passing on what the hub wants. */
  quiet(): Promise<void> {
    return this.#guarding;
  }

  /** No hub is there. Only the first call of a time alone counts. */
  hubLeft(why: string): void {
    if (this.#away !== undefined) return;
    const { now, graceMs = GRACE_MS, state } = this.#options;
    this.#away = { since: now(), why };
    const wasAlone = state.events.isAlone; // before this process started
    this.#grace = setTimeout(() => this.#begin(), wasAlone ? 0 : graceMs);
  }

  /** A hub is there that does not want this agent: somebody else decides now. */
  standBy(): void {
    this.#away = undefined;
    clearTimeout(this.#grace);
    this.#stop.abort();
  }

  /** The hub is there again: nothing is begun any more, and what is under way is waited for. */
  async hubReturned(): Promise<void> {
    this.#away = undefined;
    clearTimeout(this.#grace);
    this.#stop.abort();
    const { state, now, log } = this.#options;
    this.#guarding = this.#guarding
      .then(() => state.catchUp())
      .catch(() => log('What was kept meanwhile cannot be read'))
      .then(() => this.#lookOnceMore());
    await this.#guarding;
    if (this.#away !== undefined || !state.events.isAlone) return;
    state.events.append({ kind: 'hub-back' }, now());
    log('The hub decides again');
  }

  /** The agent ends; the cluster is left as it is. */
  async close(): Promise<void> {
    clearTimeout(this.#grace);
    this.#stop.abort();
    await this.#guarding;
  }

  /** What was put back and not told yet, by an agent that was killed in between, is told before the hub's return. */
  async #lookOnceMore(): Promise<void> {
    const { state } = this.#options;
    const signal = AbortSignal.abort(); // looks, and begins nothing
    for (const key of state.events.openIssues().slice(0, MAX_LAST_LOOKS))
      await restoreObject(key, { ...this.#options, signal }).catch(
        () => undefined,
      );
  }

  #begin(): void {
    const { state, log } = this.#options;
    const { since, why } = this.#away!;
    const printable = why.replace(/[^\x20-\x7e]/g, '?').slice(0, 300);
    if (!state.events.isAlone)
      state.events.append({ kind: 'hub-lost', why: printable }, since);
    log(
      `The hub is away: keeping ${state.desired.size} objects in their desired state`,
    );
    state.flushSoon();
    const stop = new AbortController();
    this.#stop = stop;
    this.#guarding = this.#guarding // of a time alone before, where a step is still under way
      .then(() => guardObjects({ ...this.#options, signal: stop.signal }))
      .catch(error =>
        log(`Keeping the desired state failed: ${String(error)}`),
      );
  }
}
