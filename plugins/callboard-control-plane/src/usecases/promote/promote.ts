import {
  type Approval,
  type PromotionAnswer,
  type ReleaseChange,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import {
  type PolicyVerdict,
  addressTaken,
  findLackingSettings,
  listClaims,
  listNeededSettings,
  policyDenied,
  policyWarnings,
  readStrategy,
  secretNotOffered,
  settingsLacking,
} from '@callboard/plugin-callboard-core';
import { builtImages } from '../../reconcile/building/builtImages';
import { imagesFor } from '../../reconcile/building/imagesFor';
import {
  findEnvironment,
  titleOfEnvironment,
} from '../../reconcile/placing/findEnvironment';
import { findSettings } from '../../reconcile/settings/loadSettings';
import { record } from '../../reconcile/record';
import type { Recorder, ReleaseJudge } from '../../reconcile/roles';
import type { ReadContext } from '../read/SnapshotCache';
import {
  type ReleaseRecord,
  claimAddresses,
  findApp,
  findApproval,
  findEnvironmentRelease,
  findRelease,
  findReleaseChange,
  findReleases,
  findRemovedImages,
  lockApp,
  lockRollout,
  setEnvironmentRelease,
  wasReleasedIn,
} from '../../store';
import type { ControlPlane } from '../ControlPlane';
import { appMissing } from '../problems';
import { findUnadmitted, readSizes } from '../push/findUnadmitted';
import { judgeOnItsWay } from '../policies/judgeOnItsWay';
import { recordDenial } from '../policies/recordDenial';
import { getApp } from '../read/readApps';
import { blockDegraded } from './blockDegraded';
import { findUnofferedAtTargets } from './findUnofferedAtTargets';
import { judgeApproval } from './judgeApproval';
import {
  type AskedPromotion,
  alreadyThere,
  approvalMissing,
  cannot,
  imagesRemoved,
  movedOn,
  notTried,
  notYours,
  releaseMissing,
} from './problems';

export type Promotion = Parameters<ControlPlane['promote']>[0];

/**
 * Promotes a release to an environment, or rolls back to an earlier one: in
 * waves where it has a rollout, on all its clusters at once elsewhere. Only a
 * release that was in the environment that it is promoted from may come; one
 * that was here before always may. Refused where the actor saw a release other
 * than the current one.
 */
export async function promote(
  promotion: Promotion,
  context: Recorder & ReleaseJudge & ReadContext,
): Promise<Result<PromotionAnswer>> {
  const { app, environment, release, actor, replaces, why } = promotion;
  const { environments } = context.deps.platform;
  const title = titleOfEnvironment(environments, environment);
  const asked = { promotion, title };
  const judged = await judgePromotion(asked, context);
  if (!judged.ok) return judged;
  const { wanted, approval, seen, verdicts } = judged.value;
  const warnings = policyWarnings(verdicts, title);
  const denied = policyDenied(verdicts, { what: cannot(asked), ...promotion });
  if (denied) {
    await recordDenial({ ...promotion, problem: denied, verdicts }, context);
    return failed(denied);
  }

  const at = context.deps.clock.now();
  return record(
    context,
    undefined,
    async (tx, { journal, signal, wake }): Promise<Result<PromotionAnswer>> => {
      await lockRollout(tx, promotion);
      await lockApp(tx, app);
      if (!(await findApp(tx, app))) return failed(appMissing(app));
      const current = await findEnvironmentRelease(tx, { app, environment });
      const there = current?.release ?? null;
      if (
        there !== seen ||
        there !== (replaces === undefined ? seen : replaces)
      )
        return failed(
          current?.release === release
            ? alreadyThere(asked)
            : movedOn(asked, current),
        );
      const removed = await findRemovedImages(tx, { app });
      if (builtImages(wanted.content).some(({ image }) => removed.has(image)))
        return failed(imagesRemoved(asked, wanted.commit));
      const taken = await claimAddresses(
        tx,
        app,
        listClaims(
          app,
          environments.filter(({ metadata }) => metadata.name === environment),
          wanted.content.appFile,
        ),
      );
      if (taken)
        return failed(addressTaken(cannot(asked), taken.claim, taken.by));
      const set = await setEnvironmentRelease(
        tx,
        { app, environment, release, by: actor, approval },
        at,
      );
      if (!set.changed) return failed(alreadyThere(asked));
      const { before } = set;
      journal({
        at,
        actor,
        action:
          set.change === 'rollback'
            ? 'release.rolled-back'
            : 'release.promoted',
        app,
        environment,
        release,
        message: [describeChange(asked, set), ...warnings].join('. '),
        ...(why !== undefined && { why }),
        before: before === undefined ? undefined : { release: before },
        after: { release, ...(approval && { approval }) },
      });
      signal({ kind: 'app', name: app });
      wake({ kind: 'placement', app, environment });
      return ok({ warnings });
    },
  );
}

function describeChange(
  { promotion: { app, release }, title }: AskedPromotion,
  { change, before }: { change: ReleaseChange; before?: number },
): string {
  switch (change) {
    case 'rollback':
      return `${title} of ${app} rolls back to release ${release}`;
    case 'older':
      return `Release ${release} of ${app} was promoted to ${title} in place of the newer release ${before}`;
    case 'newer':
      return `Release ${release} of ${app} was promoted to ${title}`;
    default:
      return change satisfies never;
  }
}

interface JudgedPromotion {
  wanted: ReleaseRecord;
  approval?: Approval;
  /** Release that was there when it was judged. */
  seen: number | null;
  /** Policies that it violates. */
  verdicts: readonly PolicyVerdict[];
}

async function judgePromotion(
  asked: AskedPromotion,
  context: ReleaseJudge & ReadContext,
): Promise<Result<JudgedPromotion>> {
  const { deps } = context;
  const { promotion } = asked;
  const { app, environment, release } = promotion;
  const { knex, platform } = deps;
  const found = await findApp(knex, app);
  if (!found) return failed(appMissing(app));
  const wanted = await findRelease(knex, app, release);
  if (!wanted) {
    const [newest] = await findReleases(knex, app, { limit: 1 });
    return failed(releaseMissing(asked, newest?.number));
  }
  const resolved = findEnvironment(platform.environments, wanted, environment);
  if (!resolved.ok) return resolved;
  const { from, approval: needed } = resolved.value.promotion ?? {};
  const current = await findEnvironmentRelease(knex, { app, environment });
  const verdict = judgeApproval(
    {
      needed,
      had: await findApproval(knex, { app, environment, release }),
      isRollback:
        current !== undefined &&
        (await findReleaseChange(knex, {
          app,
          environment,
          release,
          before: current.release,
        })) === 'rollback',
    },
    promotion,
  );
  if (verdict.kind === 'missing')
    return failed(approvalMissing(asked, verdict.group));
  if (verdict.kind === 'not-allowed')
    return failed(notYours(asked, found.owner));
  const images = imagesFor(wanted, resolved.value, deps.defaultBuilder);
  if (!images.ok) return images;
  if (resolved.value.rollout) {
    const strategy = readStrategy(resolved.value.rollout);
    if (!strategy.ok) return strategy;
  }
  if (current?.release === release) return failed(alreadyThere(asked));
  const { inForce } = await findSettings(knex, promotion);
  const lacking = findLackingSettings(
    listNeededSettings(wanted.content, environment),
    inForce,
  );
  if (lacking.length > 0)
    return failed(
      settingsLacking(lacking, { what: cannot(asked), title: asked.title }),
    );
  const unoffered = await findUnofferedAtTargets(
    { app, environment, release: wanted, settings: inForce },
    context,
  );
  if (unoffered) return failed(secretNotOffered(unoffered, cannot(asked)));
  const { content, renderer } = wanted;
  const unadmitted = findUnadmitted(
    resolved.value,
    {
      app,
      workloads: content.workloads,
      deploy: content.appFile?.spec.deploy,
      renderer,
    },
    { clusters: await readSizes(context.deps), now: context.deps.clock.now() },
  );
  if (unadmitted) return failed({ ...unadmitted, what: cannot(asked) });
  const mayCome =
    (await wasReleasedIn(knex, { app, environment, release })) ||
    from === undefined ||
    (await wasReleasedIn(knex, { app, environment: from, release }));
  if (!mayCome)
    return failed(
      notTried(asked, titleOfEnvironment(platform.environments, from)),
    );
  const page = await getApp(app, context);
  if (!page.ok) return page;
  const blocked = blockDegraded(
    { app, environment: asked.title, release },
    page.value.environments.find(({ name }) => name === from),
  );
  if (blocked) return failed(blocked);
  return ok({
    wanted,
    approval: verdict.approval,
    seen: current?.release ?? null,
    verdicts: await judgeOnItsWay(
      { app: found, release: wanted, environment: resolved.value },
      context,
    ),
  });
}
