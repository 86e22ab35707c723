import type { ApiServer } from '../api/ApiServer';
import type { AgentState } from '../state/AgentState';
import { guardObjects } from './guardObjects';
import { restoreObject } from './restoreObject';

export interface ClusterGuardOptions {
  api: ApiServer;
  state: AgentState;
  now: () => Date;
  log: (line: string) => void;
  /** Time without a hub after which the agent acts by itself; 10 s when omitted. */
  graceMs?: number;
  /** First pause before an object that could not be restored is checked again; 1 s when omitted. */
  soonMs?: number;
}

const GRACE_MS = 10_000; // a hub that restarts is back sooner, and decides itself

const MAX_LAST_LOOKS = 20; // the hub waits for these checks

/**
 * Keeps the cluster in the hub's last desired state while no hub is connected.
 * With a hub it does nothing: only the hub decides.
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

  /**
   * Resolves once no action that the agent began by itself is in progress.
   * Await it before passing on a change of the hub.
   */
  quiet(): Promise<void> {
    return this.#guarding;
  }

  /** Starts the grace period: the hub is lost. Further calls before its return have no effect. */
  hubLeft(why: string): void {
    if (this.#away !== undefined) return;
    const { now, graceMs = GRACE_MS, state } = this.#options;
    this.#away = { since: now(), why };
    const wasAlone = state.events.isAlone; // since before this process started
    this.#grace = setTimeout(() => this.#begin(), wasAlone ? 0 : graceMs);
  }

  /** Stops: a hub refused or replaced this agent, so somebody else decides now. */
  standBy(): void {
    this.#away = undefined;
    clearTimeout(this.#grace);
    this.#stop.abort();
  }

  /** The hub is connected again: begins nothing new and waits for actions in progress. */
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

  /** Stops with the agent; the cluster is left as it is. */
  async close(): Promise<void> {
    clearTimeout(this.#grace);
    this.#stop.abort();
    await this.#guarding;
  }

  /** Reports objects that an agent restored and was killed before reporting, so that this precedes the hub's return. */
  async #lookOnceMore(): Promise<void> {
    const { state } = this.#options;
    const signal = AbortSignal.abort(); // checks only, starts no action
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
    this.#guarding = this.#guarding // of an earlier time without a hub, where a step is still in progress
      .then(() => guardObjects({ ...this.#options, signal: stop.signal }))
      .catch(error =>
        log(`Keeping the desired state failed: ${String(error)}`),
      );
  }
}
