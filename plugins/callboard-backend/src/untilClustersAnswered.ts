import type { ControlPlane } from '@callboard/plugin-callboard-control-plane';
import { pause } from './pause';

const LOOK_MS = 100;
const MOST_LOOKS = 100; // 10 s: an unresponsive cluster must not delay the others

/**
 * Waits until every cluster is in contact, or has a reason why not. An earlier
 * push would find no cluster to run on. Gives up after 10 s.
 */
export async function untilClustersAnswered(
  controlPlane: Pick<ControlPlane, 'listClusters'>,
  signal: AbortSignal,
): Promise<void> {
  for (let look = 0; look < MOST_LOOKS && !signal.aborted; look += 1) {
    const clusters = await controlPlane.listClusters();
    const isSettled = clusters.every(
      ({ freshness, connection }) =>
        freshness === 'live' || connection.problem !== undefined,
    );
    if (isSettled) return;
    await pause(LOOK_MS, signal);
  }
}
