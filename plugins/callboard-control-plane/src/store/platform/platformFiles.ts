import type { Knex } from 'knex';
import type {
  BlueprintFile,
  EnvironmentFile,
  PolicyFile,
  ProvisionerFile,
} from '@callboard/plugin-callboard-common';
import { fromJson, toJson } from '../json';
import { closeVersion, findVersions, writeVersion } from '../temporal';

/** The platform's own files in the database: their history can be shown. */
export interface PlatformFilesRecord {
  environments: EnvironmentFile[];
  blueprints: BlueprintFile[];
  provisioners?: ProvisionerFile[];
  policies?: PolicyFile[];
}

/**
 * Records the platform's files as they are from `at` on; files that are gone
 * are closed.
 *
 * @returns names of what changed
 */
export async function savePlatformFiles(
  tx: Knex.Transaction,
  files: PlatformFilesRecord,
  at: Date,
): Promise<string[]> {
  const changes: string[] = [];
  const wanted = new Set<string>();
  for (const file of [
    ...files.environments,
    ...files.blueprints,
    ...(files.provisioners ?? []),
    ...(files.policies ?? []),
  ]) {
    const subject = subjectOf(file);
    wanted.add(subject);
    const values = {
      kind: file.kind,
      name: file.metadata.name,
      file: toJson(file),
    };
    const { changed } = await writeVersion(tx, 'platform_files', {
      about: { subject },
      values,
      at,
    });
    if (changed) changes.push(subject);
  }
  for (const { subject } of await findVersions(tx, 'platform_files', {})) {
    if (
      !wanted.has(subject) &&
      (await closeVersion(tx, 'platform_files', { subject, at }))
    )
      changes.push(subject);
  }
  return changes.sort();
}

/** The platform's files, now or at an instant. */
export async function findPlatformFiles(
  tx: Knex,
  at?: Date,
): Promise<PlatformFilesRecord> {
  const rows = await findVersions(tx, 'platform_files', { at });
  const ofKind = <T>(kind: string) =>
    rows.filter(row => row.kind === kind).map(row => fromJson<T>(row.file));
  return {
    environments: ofKind<EnvironmentFile>('Environment'),
    blueprints: ofKind<BlueprintFile>('Blueprint'),
    provisioners: ofKind<ProvisionerFile>('Provisioner'),
    policies: ofKind<PolicyFile>('Policy'),
  };
}

/** Several versions of a blueprint exist side by side; an environment has one file. */
function subjectOf(
  file: EnvironmentFile | BlueprintFile | ProvisionerFile | PolicyFile,
): string {
  const name = `${file.kind}/${file.metadata.name}`;
  return file.kind === 'Blueprint' ? `${name}/${file.spec.version}` : name;
}
