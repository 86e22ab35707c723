import { type Result, failed, ok } from '@callboard/plugin-callboard-common';
import { imagesKept } from './registryProblems';
import type { RegistrySession } from './RegistrySession';

/** Statuses of registries that do not allow deletion. */
const UNSUPPORTED = [400, 405];

/**
 * Removes a manifest by its digest; a missing one counts as removed. The
 * registry frees the space at its next garbage collection.
 */
export async function removeManifest(
  session: RegistrySession,
  {
    repository,
    digest,
    signal,
  }: { repository: string; digest: string; signal: AbortSignal },
): Promise<Result<void>> {
  const answer = await session.send({
    method: 'DELETE',
    path: `${repository}/manifests/${digest}`,
    repository,
    action: 'delete',
    expect: [200, 202, 404, ...UNSUPPORTED],
    doing: 'remove an image',
    signal,
  });
  if (!answer.ok) return answer;
  await answer.value.body?.cancel();
  return UNSUPPORTED.includes(answer.value.status)
    ? failed(imagesKept(session.registry))
    : ok(undefined);
}
