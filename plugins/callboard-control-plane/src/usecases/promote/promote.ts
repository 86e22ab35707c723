import {
  type Problem,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import { readStrategy } from '@callboard/plugin-callboard-core';
import { imagesFor } from '../../reconcile/building/imagesFor';
import { findEnvironment } from '../../reconcile/placing/findEnvironment';
import { record } from '../../reconcile/record';
import type { ReconcileContext } from '../../reconcile/ReconcileContext';
import {
  findApp,
  findEnvironmentRelease,
  findRelease,
  findReleases,
  setEnvironmentRelease,
  wasReleasedIn,
} from '../../store';
import type { ControlPlane } from '../ControlPlane';
import { appMissing } from '../problems';
import { getApp } from '../read/readApps';
import { blockDegraded } from './blockDegraded';

export type Promotion = Parameters<ControlPlane['promote']>[0];

/**
 * Brings a release into an environment: in waves where it has a rollout, on all
 * its clusters at once elsewhere. Only what
 * was in the environment before may follow; going back to a release that was
 * here already is always allowed.
 */
export async function promote(
  promotion: Promotion,
  context: ReconcileContext,
): Promise<Result<void>> {
  const { app, environment, release, actor } = promotion;
  const judged = await judgePromotion(promotion, context);
  if (!judged.ok) return judged;

  const at = context.deps.clock.now();
  return record(
    context,
    undefined,
    async (tx, { journal, signal, wake }): Promise<Result<void>> => {
      const { changed, before } = await setEnvironmentRelease(
        tx,
        { app, environment, release, by: actor },
        at,
      );
      if (!changed) return failed(alreadyThere(promotion));
      const isBack = before !== undefined && before > release;
      journal({
        at,
        actor,
        action: isBack ? 'release.rolled-back' : 'release.promoted',
        app,
        environment,
        release,
        message: isBack
          ? `${environment} of ${app} goes back to release ${release}`
          : `Release ${release} of ${app} was promoted to ${environment}`,
        before: before === undefined ? undefined : { release: before },
        after: { release },
      });
      signal({ kind: 'app', name: app });
      wake({ kind: 'placement', app, environment });
      return ok(undefined);
    },
  );
}

async function judgePromotion(
  promotion: Promotion,
  context: ReconcileContext,
): Promise<Result<void>> {
  const { deps } = context;
  const { app, environment, release } = promotion;
  const { knex, platform } = deps;
  if (!(await findApp(knex, app))) return failed(appMissing(app));
  const wanted = await findRelease(knex, app, release);
  if (!wanted) {
    const [newest] = await findReleases(knex, app, { limit: 1 });
    return failed(releaseMissing(promotion, newest?.number));
  }
  const resolved = findEnvironment(platform.environments, wanted, environment);
  if (!resolved.ok) return resolved;
  const images = imagesFor(wanted, resolved.value, deps.defaultBuilder);
  if (!images.ok) return images;
  if (resolved.value.rollout) {
    const strategy = readStrategy(resolved.value.rollout);
    if (!strategy.ok) return strategy;
  }
  const current = await findEnvironmentRelease(knex, { app, environment });
  if (current?.release === release) return failed(alreadyThere(promotion));
  const { from, approval } = resolved.value.promotion ?? {};
  const mayCome =
    (await wasReleasedIn(knex, { app, environment, release })) ||
    from === undefined ||
    (await wasReleasedIn(knex, { app, environment: from, release }));
  if (!mayCome) return failed(notTried(promotion, from));
  const page = await getApp(app, context);
  if (!page.ok) return page;
  const blocked = blockDegraded(
    promotion,
    page.value.environments.find(({ name }) => name === from),
  );
  return blocked ? failed(blocked) : judgeApproval(promotion, approval);
}

/** Who acts for the group that must approve gives the approval by promoting. */
function judgeApproval(
  promotion: Promotion,
  approval: string | undefined,
): Result<void> {
  if (approval === undefined) return ok(undefined);
  const actsFor = [promotion.actor, ...(promotion.ownershipRefs ?? [])];
  return actsFor.includes(approval)
    ? ok(undefined)
    : failed(approvalMissing(promotion, approval));
}

function cannot({ app, environment, release }: Promotion): string {
  return `Cannot promote release ${release} of "${app}" to ${environment}`;
}

function releaseMissing(
  promotion: Promotion,
  newest: number | undefined,
): Problem {
  return {
    code: 'release-not-found',
    what: cannot(promotion),
    why:
      newest === undefined
        ? 'the app has no release yet'
        : `there is no such release; the newest one is ${newest}`,
    next:
      newest === undefined
        ? 'Push first'
        : 'Choose one of the releases on the page of the app',
    transient: false,
  };
}

function alreadyThere(promotion: Promotion): Problem {
  return {
    code: 'release-already-there',
    what: cannot(promotion),
    why: 'it is the release that is wanted there already',
    next: 'Nothing; its page shows how it is',
    transient: false,
  };
}

function notTried(promotion: Promotion, origin: string): Problem {
  return {
    code: 'release-not-tried',
    what: cannot(promotion),
    why: `it was never in ${origin}`,
    next: `Bring it to ${origin} first`,
    transient: false,
  };
}

function approvalMissing(promotion: Promotion, approval: string): Problem {
  return {
    code: 'approval-missing',
    what: cannot(promotion),
    why: `${approval} must approve it, and you do not belong to it`,
    next: `Ask somebody of ${approval} to promote it`,
    transient: false,
  };
}
