import type {
  App,
  AppEnvironment,
  Release,
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

/** Who may, where the reader may not: `Only payments-leads can approve it`. */
export function whoMayPromote(
  { owner }: Pick<App, 'owner'>,
  { promotion }: Pick<AppEnvironment, 'promotion'>,
): string {
  return promotion?.approval === undefined
    ? `Only ${describeEntity(owner)} can promote it`
    : `Only ${describeEntity(promotion.approval)} can approve it`;
}
