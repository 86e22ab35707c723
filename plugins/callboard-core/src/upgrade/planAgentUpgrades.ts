import { isOlderVersion } from './isOlderVersion';

/** Facts about an agent that decide about its upgrade. */
export interface AgentInFleet {
  cluster: string;
  /** The version it reported at its last connection. */
  version: string;
  isConnected: boolean;
  /** The newest upgrade that was sent to it. */
  upgrade?: { version: string; startedAt: Date; hasFailed: boolean };
}

export type UpgradePlan =
  /** Every agent runs the version, or will once its cluster is back. */
  | { kind: 'done' }
  /** These are upgraded now. */
  | { kind: 'start'; wave: number; clusters: string[] }
  /** A wave is in progress; the next check is at `until`. */
  | { kind: 'waiting'; on: string[]; until: Date }
  /** These did not return in time, or could not be upgraded; no other agent is upgraded. */
  | { kind: 'halted'; late: string[]; because: string[] };

const SECOND_WAVE_RATIO = 0.1;

/**
 * Plans which agents are upgraded next: first one, then a tenth, then the rest.
 * A wave starts once every agent of the one before has connected with the new
 * version; where one does not within the deadline, the upgrade halts.
 *
 * Level-based: earlier upgrades are judged by the versions that agents report,
 * so it continues after a halt as soon as the late agent is back.
 *
 * @param agents - those that run in their cluster; others are upgraded by the
 *   people who run them
 */
export function planAgentUpgrades(
  agents: readonly AgentInFleet[],
  target: { version: string; deadlineMs: number },
  now: Date,
): UpgradePlan {
  const { version, deadlineMs } = target;
  const sorted = [...agents].sort((a, b) => (a.cluster < b.cluster ? -1 : 1));
  const sent = sorted.filter(({ upgrade }) => upgrade?.version === version);
  const under = sent.filter(agent => isOlderVersion(agent.version, version));
  const deadlineOf = ({ upgrade }: AgentInFleet) =>
    (upgrade?.startedAt.getTime() ?? 0) + deadlineMs;

  const failed = under.filter(({ upgrade }) => upgrade?.hasFailed);
  const late = under.filter(
    agent => !agent.upgrade?.hasFailed && deadlineOf(agent) <= now.getTime(),
  );
  if (failed.length + late.length > 0) {
    return {
      kind: 'halted',
      late: late.map(({ cluster }) => cluster),
      because: [...failed, ...late].map(({ cluster }) => cluster).sort(),
    };
  }
  if (under.length > 0) {
    return {
      kind: 'waiting',
      on: under.map(({ cluster }) => cluster),
      until: new Date(Math.min(...under.map(deadlineOf))),
    };
  }

  const ready = sorted.filter(
    agent => agent.isConnected && isOlderVersion(agent.version, version),
  );
  if (ready.length === 0) return { kind: 'done' };
  const { wave, size } = nextWave(sent.length, sent.length + ready.length);
  return {
    kind: 'start',
    wave,
    clusters: ready.slice(0, size).map(({ cluster }) => cluster),
  };
}

function nextWave(
  upgraded: number,
  total: number,
): { wave: number; size: number } {
  const second = Math.ceil(total * SECOND_WAVE_RATIO);
  if (upgraded === 0) return { wave: 1, size: 1 };
  if (upgraded < 1 + second) return { wave: 2, size: second };
  return { wave: 3, size: total };
}
