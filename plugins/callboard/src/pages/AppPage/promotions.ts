import type {
  App,
  AppEnvironment,
  Approval,
  Release,
  ReleaseDetails,
  RolloutAnswer,
} from '@callboard/plugin-callboard-common';
import { describeEntity, shownStatus } from '@callboard/plugin-callboard-react';

/** A release and where it would go. */
export interface Promotion {
  /** Name of the environment: what it is now stands in the app. */
  environment: string;
  release: Release;
}

/** What is offered for promotion, in order of the environments: a release that is Healthy where it must be first, is held by nothing, was not rolled back and would not be a rollback. */
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

/** Whether the reader may bring a release into an environment: who must approve, or, where nobody must, who may promote. */
export function mayPromote(
  { viewer }: Pick<App, 'viewer'>,
  { name, promotion }: Pick<AppEnvironment, 'name' | 'promotion'>,
): boolean {
  if (!viewer) return true;
  return promotion?.approval === undefined
    ? viewer.promote
    : viewer.approve.includes(name);
}

/** Whether the reader may roll an environment back to a release: what was approved there needs no second approval. */
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

/** The approval that a release has in an environment; undefined where nobody had to approve, or nobody did. */
export function approvalIn(
  environment: string,
  { outcomes }: Pick<ReleaseDetails, 'outcomes'>,
): Approval | undefined {
  return outcomes.find(each => each.environment === environment)?.approval;
}

/** Whether the reader may act on a rollout so: a rollback may need somebody's approval. */
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

/** Who may, where the reader may not: `Only payments-leads can approve it`. */
export function whoMayPromote(
  { owner }: Pick<App, 'owner'>,
  { promotion }: Pick<AppEnvironment, 'promotion'>,
): string {
  return promotion?.approval === undefined
    ? `Only ${describeEntity(owner)} can promote it`
    : `Only ${describeEntity(promotion.approval)} can approve it`;
}
