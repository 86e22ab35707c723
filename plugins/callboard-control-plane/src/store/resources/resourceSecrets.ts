import type { Knex } from 'knex';
import { closeVersion, findVersions, writeVersion } from '../temporal';

/** Secrets that are generated for a resource of an app in an environment; never their values. */
export interface ResourceSecretRecord {
  app: string;
  environment: string;
  /** Name of the resource's objects. */
  resource: string;
  /** How often they were generated. */
  version: number;
  /** The cluster on which this version is generated, and from which others copy it. */
  home: string;
  /** `drawing`: this version may not exist yet. */
  state: 'drawing' | 'drawn';
}

/** Records that a version of a resource's secrets is desired, or exists. */
export async function saveResourceSecret(
  tx: Knex.Transaction,
  record: ResourceSecretRecord,
  at: Date,
): Promise<void> {
  await writeVersion(tx, 'resource_secrets', {
    about: { subject: subjectOf(record), app: record.app },
    values: { ...record },
    at,
  });
}

/** Records that a resource's secrets are on no cluster any more. */
export async function closeResourceSecret(
  tx: Knex.Transaction,
  record: Pick<ResourceSecretRecord, 'app' | 'environment' | 'resource'>,
  at: Date,
): Promise<void> {
  await closeVersion(tx, 'resource_secrets', {
    subject: subjectOf(record),
    at,
  });
}

/** Generated secrets of an app in an environment, by the name of the resource's objects. */
export async function findResourceSecrets(
  tx: Knex,
  { app, environment }: { app: string; environment: string },
): Promise<Map<string, ResourceSecretRecord>> {
  const rows = await findVersions(tx, 'resource_secrets', { app });
  return new Map(
    rows
      .filter(row => row.environment === environment)
      .map(row => [
        row.resource,
        {
          app,
          environment,
          resource: row.resource,
          version: row.version,
          home: row.home,
          state: row.state as ResourceSecretRecord['state'],
        },
      ]),
  );
}

function subjectOf({
  app,
  environment,
  resource,
}: Pick<ResourceSecretRecord, 'app' | 'environment' | 'resource'>): string {
  return `${app}/${environment}/${resource}`;
}
