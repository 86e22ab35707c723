import type { JournalDraft } from '../../store';
import {
  type AddressProbe,
  describeProbe,
  isNews,
  judgeReading,
  viewProbe,
} from '@callboard/plugin-callboard-core';
import { LEADER_LEASE } from '../../reconcile/LeaseKeeper';
import { record } from '../../reconcile/record';
import type { LeasedRecorder } from '../../reconcile/roles';
import {
  type AddressProbeRecord,
  LeaseLostError,
  findAddressClaims,
  findIngressTargets,
  findProbes,
  saveProbes,
  sweepProbes,
} from '../../store';
import type { ProbedAddress } from './types';

const KEPT_MS = 7 * 24 * 60 * 60_000; // an address that was not probed for a week is no longer one

/**
 * Records probe results: the result for each address, a signal where its state
 * changed, and a journal entry where an address began or stopped answering.
 * Ignores addresses that no app claims any more, and all of them where another
 * process probes by now.
 *
 * @returns the current results, by URL
 */
export async function noteProbes(
  probed: readonly ProbedAddress[],
  context: LeasedRecorder,
): Promise<ReadonlyMap<string, AddressProbe>> {
  const known = new Map<string, AddressProbe>();
  const { leases, deps } = context;
  if (probed.length === 0 || !leases.holds(LEADER_LEASE)) return known;
  try {
    await record(
      context,
      leases.prove(LEADER_LEASE),
      async (tx, { journal, signal }) => {
        const claims = await findAddressClaims(tx, {
          hosts: probed.map(({ address }) => new URL(address.url).hostname),
        });
        const before = new Map(
          (
            await findProbes(tx, {
              urls: probed.map(({ address }) => address.url),
            })
          ).map(found => [found.url, found]),
        );
        const records: AddressProbeRecord[] = [];
        for (const { address, reading, at } of probed) {
          const { app, environment, url, leads } = address;
          const { hostname, pathname } = new URL(url);
          const isClaimed = claims.some(
            claim =>
              claim.app === app &&
              claim.host === hostname &&
              claim.path === pathname,
          );
          if (!isClaimed) continue;
          const former = before.get(url);
          const isSame =
            former?.app === app && former.environment === environment;
          const last = isSame ? former.probe : undefined;
          const probe = judgeReading(last, reading, at);
          if (!probe) continue;
          const targets =
            probe.state === 'unresolved'
              ? await findIngressTargets(tx, leads)
              : [];
          const hasNews = isNews(probe, at);
          const noted = hasNews
            ? { answers: probe.state === 'answers', at }
            : probe.noted;
          const next = {
            url,
            app,
            environment,
            probe: { ...probe, noted },
            targets,
          };
          records.push(next);
          known.set(url, next.probe);
          if (probe.state !== last?.state) signal({ kind: 'app', name: app });
          if (hasNews) journal(entryOf(next, at));
        }
        await saveProbes(tx, records);
        await sweepProbes(tx, new Date(deps.clock.now().getTime() - KEPT_MS));
      },
    );
  } catch (error) {
    if (!(error instanceof LeaseLostError)) throw error;
    return new Map();
  }
  return known;
}

function entryOf(
  { app, environment, url, probe, targets }: AddressProbeRecord,
  at: Date,
): JournalDraft {
  const isGood = probe.state === 'answers';
  const { text, next } = describeProbe(
    {
      url,
      probe: viewProbe(probe, { targets, via: { type: 'NodePort' }, now: at }),
    },
    at,
  );
  return {
    at,
    actor: 'system:probe',
    app,
    environment,
    action: isGood ? 'address.answers' : 'address.failed',
    message: isGood ? `${url} answers` : `${url} does not answer as it should`,
    why: next === undefined ? text : `${text}. ${next}`,
    after: { state: probe.state },
  };
}
