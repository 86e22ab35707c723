import type {
  App,
  AppEnvironment,
  Approval,
  Release,
  ReleaseDetails,
  RolloutAnswer,
} from '@callboard/plugin-callboard-common';
import { describeEntity, shownStatus } from '@callboard/plugin-callboard-react';

/** A release and its target environment. */
export interface Promotion {
  /** Name of the environment; its current state is in the app. */
  environment: string;
  release: Release;
}

/**
 * Lists offered promotions, in order of the environments: releases that are
 * Healthy in the required environment, not held, not rolled back, and whose
 * promotion would not be a rollback.
 */
export function promotionsOf({ environments }: App): Promotion[] {
  return environments.flatMap(environment => {
    const { promotion, release, name } = environment;
    if (!promotion || promotion.candidate === null) return [];
    if (promotion.blockedBy || promotion.rolledBack) return [];
    if (promotion.change === 'rollback') return [];
    if (promotion.candidate === release?.number) return [];
    const from = environments.find(other => other.name === promotion.from);
    if (!from || shownStatus(from.health, from.freshness) !== 'Healthy')
      return [];
    return from.release?.number === promotion.candidate
      ? [{ environment: name, release: from.release }]
      : [];
  });
}

/**
 * Whether the user may promote a release into an environment: as an approver,
 * or, when no approval is required, with the permission to promote.
 */
export function mayPromote(
  { viewer }: Pick<App, 'viewer'>,
  { name, promotion }: Pick<AppEnvironment, 'name' | 'promotion'>,
): boolean {
  if (!viewer) return true;
  return promotion?.approval === undefined
    ? viewer.promote
    : viewer.approve.includes(name);
}

/** Whether the user may roll an environment back to a release: one that was approved there needs no second approval. */
export function mayRollBack(
  app: Pick<App, 'viewer'>,
  environment: Pick<AppEnvironment, 'name' | 'promotion'>,
  release: Pick<ReleaseDetails, 'outcomes'>,
): boolean {
  const isApproved =
    approvalIn(environment.name, release)?.group ===
    environment.promotion?.approval;
  return (
    mayPromote(app, environment) || (isApproved && app.viewer?.promote === true)
  );
}

/** Approval of a release in an environment; undefined when none was required, or given. */
export function approvalIn(
  environment: string,
  { outcomes }: Pick<ReleaseDetails, 'outcomes'>,
): Approval | undefined {
  return outcomes.find(each => each.environment === environment)?.approval;
}

/** Whether the user may perform an action on a rollout: a rollback may need approval. */
export function maySteer(
  { viewer }: Pick<App, 'viewer'>,
  { name }: Pick<AppEnvironment, 'name'>,
  { approval }: RolloutAnswer['actions'][number],
): boolean {
  if (!viewer) return true;
  return approval === undefined
    ? viewer.promote
    : viewer.approve.includes(name);
}

/** Who has the permission, when the user does not: `Only payments-leads can approve it`. */
export function whoMayPromote(
  { owner }: Pick<App, 'owner'>,
  { promotion }: Pick<AppEnvironment, 'promotion'>,
): string {
  return promotion?.approval === undefined
    ? `Only ${describeEntity(owner)} can promote it`
    : `Only ${describeEntity(promotion.approval)} can approve it`;
}
