import type { ControlPlane } from '@callboard/plugin-callboard-control-plane';

/**
 * Whether a caller still has a right. While the database is unavailable this is
 * unknown, and work in progress continues.
 */
export async function isHeldOrUnknown(
  isHeld: () => Promise<boolean>,
  controlPlane: Pick<ControlPlane, 'probeStore'>,
): Promise<boolean> {
  return (
    (await isHeld().catch(() => false)) ||
    (await controlPlane.probeStore().catch(() => true)) !== undefined
  );
}
