import type { Problem } from '@callboard/plugin-callboard-common';
import type { TrafficNumbers } from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import { toDate, toOptionalDate } from '../instants';
import { fromJson, fromOptionalJson, toJson, toOptionalJson } from '../json';
import type { ContainerFacts } from '../observed';
import type { UsageRow } from '../tables';

/** Usage of a container of an instance, where the cluster reports it. */
export interface ContainerUsage extends ContainerFacts {
  cpuMillicores?: number;
  memoryBytes?: number;
}

export interface InstanceUsage {
  name: string;
  workload: string;
  containers: ContainerUsage[];
}

/** Usage of an app's instances on a cluster. */
export interface UsageRecord {
  app: string;
  environment: string;
  cluster: string;
  lookedAt: Date;
  /** Time of the cluster's last report. */
  measuredAt?: Date;
  instances: InstanceUsage[];
  /** Why the cluster does not report it. */
  problem?: Problem;
  /** Last answer of its Prometheus; absent where there is none, or it was not queried yet. */
  traffic?: TrafficRecord;
}

/** Result of one query: numbers, or why there are none; neither where nothing is counted. */
export interface TrafficRecord {
  askedAt: Date;
  numbers?: TrafficNumbers;
  problem?: Problem;
}

interface KeptTraffic extends Omit<TrafficRecord, 'askedAt'> {
  askedAt: number;
}

const ROWS_AT_ONCE = 50; // rows per statement: SQLite limits the variables

/** Replaces the usage of a cluster: what is not among the records is deleted. */
export async function saveUsage(
  tx: Knex,
  cluster: string,
  records: ReadonlyArray<Omit<UsageRecord, 'cluster'>>,
  now: Date,
): Promise<void> {
  for (let done = 0; done < records.length; done += ROWS_AT_ONCE)
    await tx('usage')
      .insert(
        records.slice(done, done + ROWS_AT_ONCE).map(
          (each): UsageRow => ({
            app: each.app,
            environment: each.environment,
            cluster,
            looked_at: each.lookedAt.getTime(),
            measured_at: each.measuredAt?.getTime() ?? null,
            instances: toJson(each.instances),
            problem: toOptionalJson(each.problem),
            traffic: toOptionalJson(
              each.traffic && {
                ...each.traffic,
                askedAt: each.traffic.askedAt.getTime(),
              },
            ),
          }),
        ),
      )
      .onConflict(['app', 'environment', 'cluster'])
      .merge();
  await tx('usage')
    .where({ cluster })
    .where('looked_at', '<', now.getTime())
    .delete();
}

/** Usage of an app in an environment, by cluster. */
export async function findUsage(
  tx: Knex,
  of: { app: string; environment: string },
): Promise<UsageRecord[]> {
  const { app, environment } = of;
  const rows = (await tx('usage')
    .where({ app, environment })
    .orderBy('cluster')) as UsageRow[];
  return rows.map(row => {
    const measuredAt = toOptionalDate(row.measured_at);
    const problem = fromOptionalJson<Problem>(row.problem);
    const traffic = fromOptionalJson<KeptTraffic>(row.traffic);
    return {
      app,
      environment,
      cluster: row.cluster,
      lookedAt: toDate(row.looked_at),
      ...(measuredAt && { measuredAt }),
      instances: fromJson<InstanceUsage[]>(row.instances),
      ...(problem && { problem }),
      ...(traffic && {
        traffic: { ...traffic, askedAt: new Date(traffic.askedAt) },
      }),
    };
  });
}
