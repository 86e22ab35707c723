import { describeDuration } from '@callboard/plugin-callboard-common';
import type { ClusterConnection } from '@callboard/plugin-callboard-node';
import {
  clusterUnreachable,
  describeKind,
} from '../connection/clusterProblems';
import { BackOff } from './BackOff';
import { KindFollower, type KindState } from './KindFollower';
import type { Liveness, WatchClusterOptions } from './types';

const MAX_BACK_OFF_MS = 10_000;

/**
 * Watches a cluster until the signal aborts: reports every change of the kinds,
 * and regularly whether the reported state is still current.
 *
 *   probe  ──▶ answers? ──no──▶ again at once ──no──▶ silent
 *                 │yes
 *                 ▼
 *   every watch in sync within `silenceMs`? ──no──▶ silent (and why)
 *                 │yes
 *                 ▼
 *               alive
 *
 * A quiet watch proves itself too: it is opened again within `silenceMs`, which
 * also delivers events that a stalled one held back. So `alive` means that
 * nothing older than `silenceMs` was missed. A cluster that falls silent is
 * reported within `silenceMs`; one that returns wakes all watches at once.
 */
export async function watchCluster(
  connection: ClusterConnection,
  options: WatchClusterOptions,
  signal: AbortSignal,
): Promise<void> {
  const now = options.now ?? (() => new Date());
  const nowMs = () => now().getTime();
  const newBackOff = () =>
    new BackOff({
      maxMs: options.maxBackOffMs ?? MAX_BACK_OFF_MS,
      random: options.random ?? Math.random,
      signal,
    });
  const states: KindState[] = options.kinds.map(kind => ({
    kind,
    backOff: newBackOff(),
  }));
  const pulse = newBackOff();
  const onTurn = () => pulse.wake();
  await Promise.all([
    ...states.map(state =>
      new KindFollower(connection, options, {
        state,
        signal,
        nowMs,
        onTurn: isNeeded(state) ? onTurn : () => undefined,
      }).follow(),
    ),
    watchPulse(
      connection,
      { options, states: states.filter(isNeeded), pulse, now },
      signal,
    ),
  ]);
}

function isNeeded({ kind }: KindState): boolean {
  return !kind.isOptional;
}

/** An account without the right to one kind still observes all others. */
function isForgiven({ kind, problem }: KindState): boolean {
  return kind.mayBeRefused === true && problem?.code === 'cluster-refused';
}

interface Pulse {
  options: WatchClusterOptions;
  states: KindState[];
  pulse: BackOff;
  now: () => Date;
}

async function watchPulse(
  connection: ClusterConnection,
  run: Pulse,
  signal: AbortSignal,
): Promise<void> {
  const { silenceMs, onLiveness } = run.options;
  const startedAtMs = run.now().getTime();
  let wasSilent = true;
  while (!signal.aborted) {
    const liveness = await probeLiveness(connection, run, {
      signal,
      startedAtMs,
    });
    if (signal.aborted) return;
    if (liveness !== undefined) {
      onLiveness(liveness);
      if (liveness.kind === 'alive' && wasSilent)
        run.states.forEach(state => state.backOff.wake());
      wasSilent = liveness.kind === 'silent';
    }
    await run.pulse.sleep(
      Math.min(silenceMs / 3, msUntilLate(run, startedAtMs)),
    );
  }
}

/** Returns the time until the first watch that is still in sync is late. */
function msUntilLate(
  { options, states, now }: Pulse,
  startedAtMs: number,
): number {
  const nowMs = now().getTime();
  const left = states
    .filter(state => !isForgiven(state))
    .map(
      ({ provenAtMs = startedAtMs }) =>
        provenAtMs + options.silenceMs + 1 - nowMs,
    )
    .filter(ms => ms > 0);
  return Math.min(...left, options.silenceMs);
}

/**
 * @returns undefined while the first lists are in progress
 */
async function probeLiveness(
  connection: ClusterConnection,
  { options, states, pulse, now }: Pulse,
  { signal, startedAtMs }: { signal: AbortSignal; startedAtMs: number },
): Promise<Liveness | undefined> {
  const deadlineMs = options.silenceMs / 4;
  let sentAtMs = now().getTime();
  let version = await connection.readVersion({ signal, deadlineMs });
  if (!version.ok && version.problem.transient && !signal.aborted) {
    await pulse.sleep(Math.min(200, options.silenceMs / 20)); // one lost packet is not a lost cluster
    sentAtMs = now().getTime();
    version = await connection.readVersion({ signal, deadlineMs });
  }
  const at = now();
  if (!version.ok) return { kind: 'silent', at, problem: version.problem };

  const asked = states.filter(state => !isForgiven(state));
  const isLate = ({ provenAtMs = startedAtMs }: KindState) =>
    at.getTime() - provenAtMs > options.silenceMs;
  const late = asked.find(isLate);
  if (late !== undefined)
    return {
      kind: 'silent',
      at,
      problem: late.problem ?? watchSilent(connection, late, options),
    };
  if (asked.some(state => state.provenAtMs === undefined)) {
    asked.forEach(
      state => state.provenAtMs === undefined && state.backOff.wake(),
    );
    const problem = asked.find(state => state.problem !== undefined)?.problem;
    return problem === undefined || problem.transient
      ? undefined
      : { kind: 'silent', at, problem };
  }
  return {
    kind: 'alive',
    at,
    roundTripMs: at.getTime() - sentAtMs,
    version: version.value,
  };
}

function watchSilent(
  connection: ClusterConnection,
  { kind }: KindState,
  { silenceMs }: WatchClusterOptions,
) {
  return clusterUnreachable(
    connection.cluster,
    `the watch of ${describeKind(kind)} proved nothing for ${describeDuration(
      silenceMs,
    )}`,
  );
}
