import type { PartVerdict } from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import type {
  DriftItem,
  Finding,
  Health,
  HealthStatus,
  Problem,
  SyncStatus,
} from '@callboard/plugin-callboard-common';
import { toDate } from '../instants';
import { fromJson, fromOptionalJson } from '../json';
import type { DeploymentRow } from '../tables';
import { findVersion, findVersions } from '../temporal';
import {
  type AppDeploymentKey,
  type DeploymentKey,
  type DeploymentRecord,
  type DeploymentState,
  subjectOf,
} from './DeploymentRecord';

/** Deployments of one app, on one cluster, or all; ordered by app, environment and cluster, blueprints last. */
export async function findDeployments(
  tx: Knex,
  filter: { app?: string; cluster?: string; at?: Date } = {},
): Promise<DeploymentRecord[]> {
  const rows = await findVersions(tx, 'deployments', filter);
  return rows.map(toRecord);
}

/** Current blueprint deployments of clusters. Reads no app. */
export async function findBaselines(tx: Knex): Promise<DeploymentRecord[]> {
  const rows: DeploymentRow[] = await tx('deployments')
    .where({ kind: 'blueprint' })
    .whereNull('valid_to')
    .orderBy('subject');
  return rows.map(toRecord);
}

/** An app in an environment that is not healthy on a cluster now. */
export interface UnwellApp {
  app: string;
  environment: string;
  cluster: string;
  status: HealthStatus;
}

/** Apps that are desired somewhere and are neither healthy nor suspended there. Reads only these rows. */
export async function findUnwellApps(tx: Knex): Promise<UnwellApp[]> {
  return tx('deployments')
    .where({ kind: 'app' })
    .whereNull('valid_to')
    .whereNotNull('desired_release')
    .whereNotIn('health', ['Healthy', 'Suspended'])
    .orderBy('subject')
    .select('environment', 'cluster', { app: 'name', status: 'health' });
}

/** Deployments of an app in one environment, by cluster. */
export async function findDeploymentsIn(
  tx: Knex,
  { app, environment }: { app: string; environment: string },
): Promise<DeploymentRecord<AppDeploymentKey>[]> {
  const deployments = await findDeployments(tx, { app });
  return deployments.filter(
    (each): each is DeploymentRecord<AppDeploymentKey> =>
      each.key.kind === 'app' && each.key.environment === environment,
  );
}

/** One deployment, if it exists. */
export async function findDeployment(
  tx: Knex,
  key: DeploymentKey,
  at?: Date,
): Promise<DeploymentRecord | undefined> {
  const row = await findVersion(tx, 'deployments', {
    subject: subjectOf(key),
    at,
  });
  return row && toRecord(row);
}

function toRecord(row: DeploymentRow): DeploymentRecord {
  const problem = fromOptionalJson<Problem>(row.problem);
  const serving = fromOptionalJson<DeploymentState['serving']>(row.serving);
  return {
    key:
      row.kind === 'app'
        ? {
            kind: 'app',
            app: row.name,
            environment: row.environment,
            cluster: row.cluster,
          }
        : { kind: 'blueprint', cluster: row.cluster },
    name: row.name,
    state: {
      ...(row.desired_release !== null && {
        desiredRelease: row.desired_release,
      }),
      ...(row.desired_settings !== null && {
        desiredSettings: row.desired_settings,
      }),
      ...(row.desired_replicas !== null && {
        desiredReplicas: row.desired_replicas,
      }),
      ...(row.observed_release !== null && {
        observedRelease: row.observed_release,
      }),
      ...(row.desired_fingerprint !== null && {
        desiredFingerprint: row.desired_fingerprint,
      }),
      ...(row.applied_fingerprint !== null && {
        appliedFingerprint: row.applied_fingerprint,
      }),
      sync: row.sync as SyncStatus,
      health: {
        status: row.health as HealthStatus,
        reason: row.health_reason as Health['reason'],
        message: row.health_message,
      },
      instances: { ready: row.instances_ready, wanted: row.instances_wanted },
      ...(serving && { serving }),
      urls: fromJson<string[]>(row.urls),
      parts: fromJson<PartVerdict[]>(row.parts),
      drift: fromJson<DriftItem[]>(row.drift),
      findings: fromJson<Finding[]>(row.findings),
      inventory: fromJson<Record<string, string>>(row.inventory),
      ...(problem && { problem }),
    },
    since: toDate(row.valid_from),
  };
}
