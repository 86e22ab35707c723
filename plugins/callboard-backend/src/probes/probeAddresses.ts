import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  type AddressProbe,
  type ProbeReading,
  nextLookMs,
} from '@callboard/plugin-callboard-core';
import type {
  AddressToProbe,
  ControlPlane,
  ProbedAddress,
} from '@callboard/plugin-callboard-control-plane';
import { pause } from '../pause';

const LIST_MS = 30_000; // maximum delay of the first probe of a new address
const ROUND_MS = 2_000;
const AT_ONCE = 16; // an unresponsive one occupies its slot for 20 s at most
const MOST_IN_ROUND = 64; // so that a start does not probe all at the same time
const FIRST_AGAIN_MS = 60_000; // after a failure to learn anything
const SPREAD = 0.1; // of each pause, so that probes do not synchronize

export interface ProbingDeps {
  controlPlane: Pick<ControlPlane, 'findAddressesToProbe' | 'noteProbes'>;
  probe(url: string, signal: AbortSignal): Promise<ProbeReading>;
  now(): Date;
  /** In [0, 1). */
  random(): number;
  logger: LoggerService;
  signal: AbortSignal;
  /** Set to shorter intervals by tests. */
  listMs?: number;
  roundMs?: number;
}

/**
 * Probes the addresses of apps, each about once a minute, failing ones less
 * often, until the signal aborts. Runs only in the leader process. Level-based:
 * results are in the database, and a restarted portal continues from there.
 */
export async function probeAddresses(deps: ProbingDeps): Promise<void> {
  const { controlPlane, logger, now, random, signal } = deps;
  const { listMs = LIST_MS, roundMs = ROUND_MS } = deps;
  let addresses: AddressToProbe[] = [];
  let listedAt = -Infinity;
  const lookedAt = new Map<string, { at: number; pauseMs: number }>();
  while (!signal.aborted) {
    try {
      if (performance.now() - listedAt >= listMs) {
        addresses = (await controlPlane.findAddressesToProbe()) ?? [];
        listedAt = performance.now();
        const urls = new Set(addresses.map(({ url }) => url));
        for (const url of lookedAt.keys())
          if (!urls.has(url)) lookedAt.delete(url);
      }
      const due = chooseDue(addresses, lookedAt, now());
      const probed = await lookAt(due, deps);
      const known = await controlPlane.noteProbes(probed);
      const byUrl = new Map(addresses.map(each => [each.url, each]));
      for (const { address, at } of probed) {
        const probe = known.get(address.url) ?? address.probe;
        if (probe) byUrl.set(address.url, { ...address, probe });
        const plannedMs = probe ? nextLookMs(probe) : FIRST_AGAIN_MS;
        lookedAt.set(address.url, {
          at: at.getTime(),
          pauseMs: plannedMs * (1 - SPREAD + 2 * SPREAD * random()),
        });
      }
      addresses = [...byUrl.values()];
    } catch (error) {
      if (!signal.aborted)
        logger.warn('addresses were not looked at', error as Error);
      listedAt = -Infinity;
    }
    await pause(roundMs, signal);
  }
}

/** Returns the addresses that are due: those never probed first, then the longest waiting. */
function chooseDue(
  addresses: readonly AddressToProbe[],
  lookedAt: ReadonlyMap<string, { at: number; pauseMs: number }>,
  now: Date,
): AddressToProbe[] {
  return addresses
    .map(address => ({ address, dueAt: dueAt(address, lookedAt) }))
    .filter(each => each.dueAt <= now.getTime())
    .sort(
      (a, b) => a.dueAt - b.dueAt || (a.address.url < b.address.url ? -1 : 1),
    )
    .slice(0, MOST_IN_ROUND)
    .map(({ address }) => address);
}

/** From the last probe of this process; before the first one, from the database. */
function dueAt(
  { url, probe }: { url: string; probe?: AddressProbe },
  lookedAt: ReadonlyMap<string, { at: number; pauseMs: number }>,
): number {
  const own = lookedAt.get(url);
  if (own) return own.at + own.pauseMs;
  return probe ? probe.checkedAt.getTime() + nextLookMs(probe) : 0;
}

async function lookAt(
  due: readonly AddressToProbe[],
  { probe, now, signal }: ProbingDeps,
): Promise<ProbedAddress[]> {
  const probed: ProbedAddress[] = [];
  const waiting = [...due];
  const work = async () => {
    for (
      let address = waiting.shift();
      address && !signal.aborted;
      address = waiting.shift()
    ) {
      const reading = await probe(address.url, signal);
      probed.push({ address, reading, at: now() });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return signal.aborted ? [] : probed;
}
