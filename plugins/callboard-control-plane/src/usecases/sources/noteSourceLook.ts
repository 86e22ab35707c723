import type { Recorder } from '../../reconcile/roles';
import { saveSourceLook } from '../../store';
import type { ControlPlane } from '../ControlPlane';

/** Notes how a look at what an app follows went; pages are told where it went otherwise than before. */
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
