import type { LoggerService } from '@backstage/backend-plugin-api';
import { ProblemError } from '@callboard/plugin-callboard-common';
import type { ControlPlane } from '@callboard/plugin-callboard-control-plane';
import type { PlacementPublisher } from '@callboard/plugin-callboard-node';
import { pause } from '../pause';

const AGAIN_MS = 60_000; // external changes are corrected within this time
const FAILING_MS = 10_000;
const COLLECT_MS = 1_000; // a push changes an app many times

export interface PublishingDeps {
  controlPlane: Pick<ControlPlane, 'listPlacements' | 'onChanges'>;
  publishers: readonly PlacementPublisher[];
  logger: LoggerService;
  signal: AbortSignal;
}

/**
 * Publishes placements to each publisher, after changes and every minute, until
 * the signal aborts. Level-based: each time all placements. Runs only in the
 * leader process. A failing publisher delays no other.
 */
export async function publishPlacements(deps: PublishingDeps): Promise<void> {
  await Promise.all(
    deps.publishers.map(publisher => keepPublished(publisher, deps)),
  );
}

async function keepPublished(
  publisher: PlacementPublisher,
  { controlPlane, logger, signal }: PublishingDeps,
): Promise<void> {
  let changed = new AbortController();
  const stopListening = controlPlane.onChanges(() => changed.abort());
  let complaint: string | undefined;
  while (!signal.aborted) {
    changed = new AbortController();
    const problem = await publishOnce(publisher, { controlPlane, signal });
    if (problem !== undefined && problem !== complaint && !signal.aborted)
      logger.warn(`${publisher.name}: ${problem}`);
    complaint = problem;
    if (problem === undefined)
      await pause(AGAIN_MS, AbortSignal.any([signal, changed.signal]));
    await pause(problem === undefined ? COLLECT_MS : FAILING_MS, signal);
  }
  stopListening();
}

/** @returns the failure, if any */
async function publishOnce(
  publisher: PlacementPublisher,
  { controlPlane, signal }: Pick<PublishingDeps, 'controlPlane' | 'signal'>,
): Promise<string | undefined> {
  try {
    const placements = await controlPlane.listPlacements();
    if (placements) await publisher.publish(placements, signal);
    return undefined;
  } catch (error) {
    return error instanceof ProblemError
      ? `${error.problem.what}: ${error.problem.why}`
      : 'Cannot publish placements';
  }
}
