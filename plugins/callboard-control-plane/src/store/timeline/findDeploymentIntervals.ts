import type { Finding, HealthStatus } from '@callboard/plugin-callboard-common';
import type { DeploymentInterval } from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import { toDate, toOptionalDate } from '../instants';
import { fromOptionalJson } from '../json';
import type { Instant } from '../tables';
import { overlapOf } from './overlapOf';
import type { WindowRead } from './readWithin';

interface RunRow {
  environment: string;
  cluster: string;
  release: number | null;
  settings: number | null;
  status: string;
  message: string;
  findings: string | null;
  began: Instant;
  ended: Instant | null;
}

/*
 * A row is written for whatever changes of a deployment; a timeline draws
 * release, settings and health alone. Rows that follow each other without a change of
 * these become one run:
 *
 *   row      1        2        3        4
 *   release  7        7        7        8
 *   health   Healthy  Healthy  Degraded Degraded
 *   begins   1        0        1        1
 *   run      1        1        2        3
 */
const BEGINS = `
  case when lag(valid_to) over stay = valid_from
        and lag(health) over stay = health
        and lag(health_reason) over stay = health_reason
        and coalesce(lag(desired_release) over stay, 0) = coalesce(desired_release, 0)
        and coalesce(lag(desired_settings) over stay, 0) = coalesce(desired_settings, 0)
       then 0 else 1 end`;

/**
 * Intervals in which deployments of an app had one release, one state of
 * settings and one health, that overlap a window; newest first.
 */
export async function findDeploymentIntervals(
  tx: Knex,
  app: string,
  { limit, ...window }: WindowRead,
): Promise<DeploymentInterval[]> {
  const query = tx
    .with('overlapping', rowsOf(tx, app, window))
    .with(
      'marked',
      tx.raw(
        `select *, ${BEGINS} as begins from overlapping
         window stay as (partition by subject order by valid_from)`,
      ),
    )
    .with(
      'runs',
      tx.raw(
        `select *, sum(begins) over (partition by subject order by valid_from) as run from marked`,
      ),
    )
    .from('runs')
    .groupBy('subject', 'run')
    .select({
      environment: tx.raw('min(environment)'),
      cluster: tx.raw('min(cluster)'),
      release: tx.raw('min(desired_release)'),
      settings: tx.raw('min(desired_settings)'),
      status: tx.raw('min(health)'),
      message: tx.raw('max(case when begins = 1 then health_message end)'),
      findings: tx.raw('max(case when begins = 1 then findings end)'),
      began: tx.raw('min(valid_from)'),
      ended: tx.raw(
        'case when count(valid_to) = count(*) then max(valid_to) end',
      ),
    })
    .orderBy('began', 'desc')
    .orderBy('subject');
  if (limit !== undefined) query.limit(limit);
  return ((await query) as RunRow[]).map(toInterval);
}

function rowsOf(
  tx: Knex,
  app: string,
  window: { from: Date; to: Date },
): Knex.QueryBuilder {
  return overlapOf(tx, 'deployments', window)
    .where('known.app', app)
    .where('fact.kind', 'app')
    .select(
      'fact.subject',
      'fact.environment',
      'fact.cluster',
      'fact.valid_from',
      'fact.valid_to',
      'fact.desired_release',
      'fact.desired_settings',
      'fact.health',
      'fact.health_reason',
      'fact.health_message',
      {
        findings: tx.raw(
          `case when fact.health in ('Degraded', 'Missing') then fact.findings end`,
        ),
      },
    );
}

function toInterval(row: RunRow): DeploymentInterval {
  const { environment, cluster, release, settings, message, findings } = row;
  const [finding] = fromOptionalJson<Finding[]>(findings) ?? [];
  const to = toOptionalDate(row.ended);
  return {
    environment,
    cluster,
    ...(release !== null && { release }),
    ...(settings !== null && { settings }),
    status: row.status as HealthStatus,
    reason: finding?.what ?? message,
    from: toDate(row.began),
    ...(to && { to }),
  };
}
