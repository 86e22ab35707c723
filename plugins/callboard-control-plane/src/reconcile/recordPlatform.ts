import { findPlatformFiles, savePlatformFiles } from '../store';
import { recordBlueprintVersions } from './blueprints/recordBlueprintVersions';
import { LEADER_LEASE } from './LeaseKeeper';
import { record } from './record';
import type { BlueprintReader, LeasedRecorder } from './roles';

/** Records the platform's files, with a journal entry where they changed. */
export async function recordPlatform(
  context: LeasedRecorder & BlueprintReader,
): Promise<void> {
  const { deps, leases } = context;
  const at = deps.clock.now();
  const { environments, provisioners = [], policies = [] } = deps.platform;
  await record(
    context,
    leases.prove(LEADER_LEASE),
    async (tx, { journal, signal }) => {
      await recordBlueprintVersions(tx, context, { at, journal });
      const { blueprints } = deps.platform;
      const isFirst = (await findPlatformFiles(tx)).environments.length === 0;
      const changes = await savePlatformFiles(
        tx,
        {
          environments: [...environments],
          blueprints: [...blueprints],
          provisioners: [...provisioners],
          policies: [...policies],
        },
        at,
      );
      if (changes.length === 0) return;
      journal({
        at,
        actor: 'system:platform',
        action: 'platform.changed',
        message: isFirst
          ? 'The platform files were read'
          : `The platform files changed: ${changes.join(', ')}`,
        after: changes,
      });
      signal({ kind: 'fleet' });
    },
  );
}
