import type { ControlPlane } from '@callboard/plugin-callboard-control-plane';

/** What the record says of deleted apps, for who keeps their repositories. */
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
