import { planFailback } from '@callboard/plugin-callboard-core';
import {
  type FailoverRecord,
  findContacts,
  findFailovers,
  findReturns,
  findSchedulings,
  saveFailover,
} from '../../store';
import { clusterStatusOf } from '../fleet/clusterStatusOf';
import { LEADER_LEASE } from '../LeaseKeeper';
import type { Outcome } from '../queue';
import { record } from '../record';
import type { FleetReader, LeasedRecorder, Timekeeper } from '../roles';

/**
 * Moves apps back to clusters that were lost and have been in contact for a
 * while, a few at a time. The placement decides whether a cluster takes them.
 */
export async function reconcileFailback(
  context: LeasedRecorder & FleetReader & Timekeeper,
): Promise<Outcome> {
  // observe
  const { deps, intervals } = context;
  if (!context.leases.holds(LEADER_LEASE)) return { kind: 'settled' };
  const away = (await findFailovers(deps.knex)).filter(
    ({ state }) => state === 'away',
  );
  if (away.length === 0) return { kind: 'settled' };
  const now = deps.clock.now();
  const recent = await findReturns(
    deps.knex,
    new Date(now.getTime() - intervals.failbackIntervalMs),
  );
  const steadySince = await findSteadyClusters(context);

  // decide
  const byKey = new Map(away.map(one => [keyOf(one), one]));
  const { comesBack, nextAt } = planFailback(
    {
      away: away.map(one => ({ ...one, key: keyOf(one) })),
      steadySince,
      recent,
      limits: {
        steadySeconds: intervals.failbackSteadyMs / 1000,
        moves: intervals.failbackMoves,
        intervalSeconds: intervals.failbackIntervalMs / 1000,
      },
    },
    now,
  );

  // record
  if (comesBack.length > 0) {
    await record(
      context,
      context.leases.prove(LEADER_LEASE),
      async (tx, { wake }) => {
        for (const { key } of comesBack) {
          const failover = byKey.get(key)!;
          await saveFailover(tx, {
            ...failover,
            state: 'returning',
            since: now,
          });
          const { app, environment } = failover;
          wake({ kind: 'placement', app, environment });
        }
      },
    );
  }
  return nextAt
    ? {
        kind: 'again',
        afterMs: Math.max(1, nextAt.getTime() - now.getTime()),
        because: 'apps wait to come back',
      }
    : { kind: 'settled' };
}

function keyOf({ app, environment, cluster }: FailoverRecord): string {
  return `${app}/${environment}/${cluster}`;
}

/** Returns since when each cluster is in contact; without those that are not, or that accept no new apps. */
async function findSteadyClusters(
  context: FleetReader,
): Promise<Map<string, Date>> {
  const { knex } = context.deps;
  const statuses = await clusterStatusOf(context);
  const schedulings = await findSchedulings(knex);
  return new Map(
    [...(await findContacts(knex))].flatMap(([name, contact]) =>
      contact.state === 'live' &&
      statuses(name).freshness === 'live' &&
      !schedulings.has(name)
        ? [[name, contact.since] as const]
        : [],
    ),
  );
}
