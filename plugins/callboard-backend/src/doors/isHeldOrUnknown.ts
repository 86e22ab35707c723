import type { ControlPlane } from '@callboard/plugin-callboard-control-plane';

/**
 * Whether somebody has a right. While the database is away nobody knows, and
 * what they began goes on.
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
