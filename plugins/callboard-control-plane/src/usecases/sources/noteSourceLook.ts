import type { Recorder } from '../../reconcile/roles';
import { saveSourceLook } from '../../store';
import type { ControlPlane } from '../ControlPlane';

/** Records the result of a poll of an app's source; notifies pages where the result changed. */
export async function noteSourceLook(
  { source, look }: Parameters<ControlPlane['noteSourceLook']>[0],
  { deps, changes }: Recorder,
): Promise<void> {
  const isFollowed = await saveSourceLook(deps.knex, source, look);
  const before = source.look;
  const isOther =
    before.commit !== look.commit ||
    before.head !== look.head ||
    before.problem?.code !== look.problem?.code;
  if (isFollowed && isOther) changes.notify({ kind: 'app', name: source.app });
}
