import type { App } from '@callboard/plugin-callboard-common';
import { describeEntity } from '@callboard/plugin-callboard-react';
import { mayPromote } from '../promotions';

type Asked = Pick<App, 'viewer' | 'owner' | 'environments'>;

/** Whether the user may change settings of an environment, or of all of them. */
export function maySet(app: Asked, where: string | undefined): boolean {
  const { viewer, environments } = app;
  if (!viewer) return true;
  if (where !== undefined)
    return environments.some(
      each => each.name === where && mayPromote(app, each),
    );
  const reached = reachedOf(app);
  const isForAll = reached.every(
    ({ name, promotion }) =>
      promotion?.approval === undefined || viewer.approve.includes(name),
  );
  const isApprover =
    reached.length > 0 &&
    reached.every(({ promotion }) => promotion?.approval !== undefined);
  return isForAll && (viewer.promote || isApprover);
}

/** Who has the permission, when the user does not: `Only payments-leads can change what is set in Production`. */
export function whoMaySet(app: Asked, where: string | undefined): string {
  const guarded = (
    where === undefined
      ? reachedOf(app).filter(({ name }) => !app.viewer?.approve.includes(name))
      : app.environments.filter(({ name }) => name === where)
  ).find(({ promotion }) => promotion?.approval !== undefined);
  if (!guarded)
    return `Only ${describeEntity(app.owner)} can change its settings`;
  const group = describeEntity(guarded.promotion!.approval!);
  return where === undefined
    ? `It counts in ${guarded.title} too, where only ${group} can change settings`
    : `Only ${group} can change what is set in ${guarded.title}`;
}

/** Environments with a release: shared settings take effect there at once. */
function reachedOf({ environments }: Asked): App['environments'] {
  return environments.filter(({ release }) => release !== null);
}
