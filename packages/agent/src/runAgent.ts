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
  /** Where it keeps what is wanted and what happened; in memory only when omitted. */
  store?: StateStore;
  /** One line per change: connected, lost, refused. */
  log: (line: string) => void;
  /** Called once, when a hub welcomed this process; nobody waits for it. */
  onFirstWelcome?: (signal: AbortSignal) => Promise<void>;
  random?: () => number;
  now?: () => Date;
  /** First and longest pause between attempts; 500 ms and 8 s when omitted. */
  backOff?: { firstMs: number; maxMs: number };
  /** How long the hub may be away before the agent acts by itself; 10 s when omitted. */
  graceMs?: number;
  /** First pause before what could not be put back is tried again; 1 s when omitted. */
  soonMs?: number;
  /** Nothing was asked of the agent for a while: time to tidy up. */
  onRest?: () => void;
  /** How long a hub may take to record a report before it is told again; 10 s when omitted. */
  reportAgainMs?: number;
}

const BACK_OFF = { firstMs: 500, maxMs: 8_000 }; // everybody is back within 10 s of a hub that was killed

/**
 * Keeps a session with the hub until the signal aborts, and the cluster as the
 * hub wanted it while there is none. Pauses between attempts with full jitter
 * below a ceiling that doubles, at least as long as the hub asked for.
 *
 * Throws only at its start, when what it kept cannot be read.
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

/** Takes up what was kept before this process started. */
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

/** Of a cluster that was taken from Callboard: nothing is wanted there any more. */
async function forgetDesired(state: AgentState): Promise<void> {
  for (const { place } of state.desired.list()) state.desired.forget(place.key);
  await state.flush().catch(() => undefined);
}

function describeEnd({ why }: SessionEnd, pauseMs: number): string {
  return `Not connected: ${why}; next attempt in ${(pauseMs / 1000).toFixed(
    1,
  )} s`;
}
