import type { Knex } from 'knex';
import {
  type JournalDraft,
  findBlueprintsInUse,
  findKeptVersions,
  saveKeptVersion,
} from '../../store';
import type { BlueprintReader, Recorder } from '../roles';
import type { BlueprintsInUse } from './BlueprintsInUse';

/** Reads which versions are recorded, and which of them clusters run. */
export async function readBlueprintVersions(
  knex: Knex,
  blueprints: BlueprintsInUse,
): Promise<void> {
  blueprints.take(
    await findKeptVersions(knex),
    (await findBlueprintsInUse(knex)).values(),
  );
}

/**
 * Records versions that are active for the first time, with their content, and
 * changes to the state, channels and descriptions of recorded ones. Changes of
 * the files to their content are refused, and logged.
 */
export async function recordBlueprintVersions(
  tx: Knex.Transaction,
  { deps: { logger }, blueprints }: Recorder & BlueprintReader,
  { at, journal }: { at: Date; journal(entry: JournalDraft): void },
): Promise<void> {
  await readBlueprintVersions(tx, blueprints);
  const known = new Map(
    (await findKeptVersions(tx)).map(({ file }) => [keyOf(file), file]),
  );
  const { unrecorded } = blueprints;
  for (const kept of unrecorded) {
    const { file } = kept;
    const before = known.get(keyOf(file));
    await saveKeptVersion(tx, kept, at);
    if (before?.spec.state === file.spec.state) continue;
    journal({
      at,
      actor: 'system:platform',
      action: `blueprint.${file.spec.state}`,
      message: `Version ${file.spec.version} of blueprint ${file.metadata.name} is ${file.spec.state}`,
      ...(before && { before: { state: before.spec.state } }),
      after: { state: file.spec.state, digest: kept.digest },
    });
  }
  if (unrecorded.length > 0) await readBlueprintVersions(tx, blueprints);
  for (const { problem } of blueprints.faults)
    logger.warn(`${problem.what}: ${problem.why}`, { code: problem.code });
}

function keyOf({
  metadata,
  spec,
}: {
  metadata: { name: string };
  spec: { version: number };
}): string {
  return `${metadata.name}/${spec.version}`;
}
