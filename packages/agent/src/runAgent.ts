import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiServer } from './api/ApiServer';
import { answerRequest } from './session/answerRequest';
import {
  type AgentIdentity,
  type HubAddress,
  type SessionEnd,
  dialHub,
} from './session/dialHub';

export interface AgentOptions {
  hub: HubAddress;
  identity: AgentIdentity;
  api: ApiServer;
  /** One line per change: connected, lost, refused. */
  log: (line: string) => void;
  random?: () => number;
  now?: () => Date;
  /** First and longest pause between attempts; 500 ms and 8 s when omitted. */
  backOff?: { firstMs: number; maxMs: number };
}

const BACK_OFF = { firstMs: 500, maxMs: 8_000 }; // everybody is back within 10 s of a hub that was killed

/**
 * Keeps a session with the hub until the signal aborts. Pauses between attempts
 * with full jitter below a ceiling that doubles, at least as long as the hub asked for.
 */
export async function runAgent(
  options: AgentOptions,
  signal: AbortSignal,
): Promise<void> {
  const {
    hub,
    identity,
    api,
    log,
    random = Math.random,
    now = () => new Date(),
  } = options;
  const { firstMs, maxMs } = options.backOff ?? BACK_OFF;
  for (let attempt = 0; !signal.aborted; ) {
    const end = await dialHub(hub, identity, {
      signal,
      onRequest: (request, scope) =>
        answerRequest(request, scope, { api, now: now() }),
      onWelcome: () =>
        log(
          `Connected to ${new URL(hub.url).host} as cluster "${
            identity.cluster
          }"`,
        ),
    });
    if (signal.aborted) return;
    attempt = end.wasWelcome ? 0 : attempt + 1;
    const jitterMs =
      random() * Math.min(maxMs, firstMs * 2 ** Math.min(attempt, 20));
    const pauseMs = (end.retryAfterMs ?? 0) + jitterMs;
    log(describeEnd(end, pauseMs));
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}

function describeEnd({ why }: SessionEnd, pauseMs: number): string {
  return `Not connected: ${why}; next attempt in ${(pauseMs / 1000).toFixed(
    1,
  )} s`;
}
