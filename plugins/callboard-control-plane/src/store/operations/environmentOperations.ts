import type { Knex } from 'knex';
import { toDate } from '../instants';
import type { EnvironmentOperationRow } from '../tables';
import { findVersions, writeVersion } from '../temporal';

/** How an environment of an app is operated, where a person changed it. */
export interface EnvironmentOperationRecord {
  app: string;
  environment: string;
  state: 'running' | 'stopped';
  /** Overrides the app's files. */
  replicas?: number;
  changedBy: string;
  why?: string;
  since: Date;
}

/** Operations of one app, or of all; environments that no one changed are not included. */
export async function findOperations(
  tx: Knex,
  filter: { app?: string; at?: Date } = {},
): Promise<EnvironmentOperationRecord[]> {
  return (await findVersions(tx, 'environment_operations', filter)).map(
    toRecord,
  );
}

/** The operation of one environment of an app. */
export async function findOperation(
  tx: Knex,
  { app, environment }: { app: string; environment: string },
  at?: Date,
): Promise<EnvironmentOperationRecord | undefined> {
  const [row] = await findVersions(tx, 'environment_operations', {
    subject: `${app}/${environment}`,
    at,
  });
  return row && toRecord(row);
}

/** Records how an environment is operated from `at` on. */
export async function saveOperation(
  tx: Knex.Transaction,
  operation: Omit<EnvironmentOperationRecord, 'since'>,
  at: Date,
): Promise<void> {
  const { app, environment, state, replicas, changedBy, why } = operation;
  await writeVersion(tx, 'environment_operations', {
    about: { subject: `${app}/${environment}`, app },
    values: {
      app,
      environment,
      state,
      replicas: replicas ?? null,
      changed_by: changedBy,
      why: why ?? null,
    },
    at,
  });
}

function toRecord(row: EnvironmentOperationRow): EnvironmentOperationRecord {
  return {
    app: row.app,
    environment: row.environment,
    state: row.state as EnvironmentOperationRecord['state'],
    ...(row.replicas !== null && { replicas: row.replicas }),
    changedBy: row.changed_by,
    ...(row.why !== null && { why: row.why }),
    since: toDate(row.valid_from),
  };
}
