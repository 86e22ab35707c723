import type { ControlPlane } from '@callboard/plugin-callboard-control-plane';

/** Reads deleted apps from the control plane, for the retention of their repositories. */
export function deletedAppsOf({
  controlPlane,
  now,
}: {
  controlPlane: Pick<ControlPlane, 'findOwnedApp'>;
  now(): Date;
}): { isDeleted(app: string): Promise<boolean>; now(): Date } {
  return {
    isDeleted: async app => {
      const last = await controlPlane.findOwnedApp(app, { orDeleted: true });
      return last?.isDeleted === true;
    },
    now,
  };
}
