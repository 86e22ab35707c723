import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiServer } from './api/ApiServer';
import { ReportSender } from './events/ReportSender';
import { IdleTimer } from './rest/IdleTimer';
import { ClusterGuard } from './restore/ClusterGuard';
import { answerRequest } from './session/answerRequest';
import {
  type AgentIdentity,
  type DialOptions,
  type HubAddress,
  type SessionEnd,
  dialHub,
} from './session/dialHub';
import { patienceFor } from './session/patienceFor';
import { AgentState } from './state/AgentState';
import { MemoryStateStore } from './state/MemoryStateStore';
import type { StateStore } from './state/StateStore';

export interface AgentOptions {
  hub: HubAddress;
  identity: AgentIdentity;
  api: ApiServer;
  /** Stores desired state and events; in memory only when omitted. */
  store?: StateStore;
  /** One line per change: connected, lost, refused. */
  log: (line: string) => void;
  /** Called once, after a hub welcomed this process; not awaited. */
  onFirstWelcome?: (signal: AbortSignal) => Promise<void>;
  random?: () => number;
  now?: () => Date;
  /** First and longest pause between attempts; 500 ms and 8 s when omitted. */
  backOff?: { firstMs: number; maxMs: number };
  /** Time without a hub after which the agent acts by itself; 10 s when omitted. */
  graceMs?: number;
  /** First pause before an object that could not be restored is tried again; 1 s when omitted. */
  soonMs?: number;
  /** Called after a while without requests, to free memory. */
  onRest?: () => void;
  /** Time within which a hub has to record a report before it is sent again; 10 s when omitted. */
  reportAgainMs?: number;
}

const BACK_OFF = { firstMs: 500, maxMs: 8_000 }; // all agents are back within 10 s after a hub was killed

/**
 * Keeps a session with the hub until the signal aborts, and without a hub keeps
 * the cluster in its last desired state. Pauses between attempts with full
 * jitter below a ceiling that doubles, at least as long as the hub asked for.
 *
 * Throws only at its start, when its stored state cannot be read.
 */
export async function runAgent(
  options: AgentOptions,
  signal: AbortSignal,
): Promise<void> {
  const { log, random = Math.random } = options;
  const { firstMs, maxMs } = options.backOff ?? BACK_OFF;
  const { guard, state } = await startKeeping(options);
  const rest = new IdleTimer(options.onRest ?? (() => undefined));
  let greet = options.onFirstWelcome;
  const onWelcome = () => {
    void greet?.(signal);
    greet = undefined;
  };
  for (let attempt = 0; !signal.aborted; ) {
    const end = await stayWithHub(
      { ...options, onWelcome, patienceMs: patienceFor(attempt) },
      { guard, state, rest },
      signal,
    );
    if (signal.aborted) break;
    if (end.standing === 'away') guard.hubLeft(end.why);
    else guard.standBy();
    if (end.standing === 'refused' && end.wasWelcome) state.leaveToAnother();
    if (end.standing === 'revoked') await forgetDesired(state);
    attempt = end.wasWelcome ? 0 : attempt + 1;
    const jitterMs =
      random() * Math.min(maxMs, firstMs * 2 ** Math.min(attempt, 20));
    const pauseMs = (end.retryAfterMs ?? 0) + jitterMs;
    log(describeEnd(end, pauseMs));
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
  }
  rest.end();
  await guard.close();
  await state.close();
}

interface Keeping {
  guard: ClusterGuard;
  state: AgentState;
  rest: IdleTimer;
}

/** Loads the state that was stored before this process started. */
async function startKeeping(
  options: AgentOptions,
): Promise<Omit<Keeping, 'rest'>> {
  const { api, log, identity, now = () => new Date() } = options;
  const state = await AgentState.open(options.store ?? new MemoryStateStore());
  for (const part of state.unreadable) log(`What was kept is broken: ${part}`);
  const { version } = identity;
  state.events.append({ kind: 'agent-started', version }, now());
  state.flushSoon();
  const { graceMs, soonMs } = options;
  const guard = new ClusterGuard({ api, state, now, log, graceMs, soonMs });
  guard.hubLeft('the agent was started and has not reached it yet');
  return { guard, state };
}

/** One session, from dialing to its end. */
async function stayWithHub(
  options: AgentOptions &
    Pick<DialOptions, 'patienceMs'> & { onWelcome: () => void },
  { guard, state, rest }: Keeping,
  signal: AbortSignal,
): Promise<SessionEnd> {
  const { hub, identity, api, log, now = () => new Date() } = options;
  let reports: ReportSender | undefined;
  const end = await dialHub(hub, identity, {
    signal,
    patienceMs: options.patienceMs,
    onRequest: (request, scope) => {
      rest.reset();
      return answerRequest(request, scope, {
        api,
        state,
        now,
        log,
        quiet: () => guard.quiet(),
      });
    },
    onWelcome: notify => {
      options.onWelcome();
      rest.reset();
      log(
        `Connected to ${new URL(hub.url).host} as cluster "${
          identity.cluster
        }"`,
      );
      reports =
        notify && new ReportSender(state, notify, options.reportAgainMs);
      void guard.hubReturned().then(() => reports?.send());
    },
    onReported: reported => reports?.acknowledge(reported),
  });
  reports?.end();
  return end;
}

/** Forgets the desired state of a cluster that was removed from Callboard. */
async function forgetDesired(state: AgentState): Promise<void> {
  for (const { place } of state.desired.list()) state.desired.forget(place.key);
  await state.flush().catch(() => undefined);
}

function describeEnd({ why }: SessionEnd, pauseMs: number): string {
  return `Not connected: ${why}; next attempt in ${(pauseMs / 1000).toFixed(
    1,
  )} s`;
}
