import {
  assessDeployment,
  findNextLookMs,
} from '@callboard/plugin-callboard-core';
import {
  type Problem,
  isGeneratedSecret,
  ok,
  refKey,
  refOf,
} from '@callboard/plugin-callboard-common';
import { type DeploymentKey, findDeployment, subjectOf } from '../../store';
import type { ManagedCluster } from '../fleet/Fleet';
import { freshnessOf } from '../fleet/Fleet';
import type { Outcome } from '../queue';
import type { Deliverer } from '../roles';
import type { RenderedDeployment } from './RenderedDeployment';
import { asApplied } from './asApplied';
import { deleteKeptData } from './deleteKeptData';
import { endKeptData } from './endKeptData';
import { untilExceptionEnds } from '../blueprints/findBlueprintException';
import { askBlockSupport } from '../blueprints/askBlockSupport';
import { engineOf } from './engineOf';
import { explain } from './explain';
import { findAwaited } from './findAwaited';
import { loadDesired } from './loadDesired';
import { planDelivery } from './planDelivery';
import { recordDelivery } from './recordDelivery';
import { removeDelivery } from './removeDelivery';
import {
  fillGeneratedSecret,
  recordDrawn,
} from './secrets/fillGeneratedSecret';
import { fillSettingsSecret } from './secrets/fillSettingsSecret';
import { recordEndedTasks, verdictWhileHeld, withTasks } from './withTasks';

const LOOK_AGAIN_MS = 500; // the replacement is on other clusters, which do not wake this one

/**
 * Brings one deployment (an app on a cluster, a cluster's blueprint) to its
 * desired state, and records its actual state. Level-based: reads everything it
 * needs, and may be cut short and run again at any time.
 *
 * Does nothing while the cluster is unreachable: its return wakes it.
 */
export async function reconcileDelivery(
  key: DeploymentKey,
  context: Deliverer,
  signal: AbortSignal,
): Promise<Outcome> {
  // observe
  const { deps } = context;
  const cluster = context.fleet.get(key.cluster);
  const deployment = await findDeployment(deps.knex, key);
  if (!cluster?.isWatching || freshnessOf(cluster, deps.clock.now()) !== 'live')
    return { kind: 'settled' };
  if (!deployment)
    return key.kind === 'app'
      ? deleteKeptData(key, { cluster, context, signal })
      : { kind: 'settled' };
  if (deployment.state.desiredRelease === undefined) {
    const awaited = await findAwaited(deployment, context);
    return awaited.length > 0
      ? {
          kind: 'again',
          afterMs: LOOK_AGAIN_MS,
          because: 'it does not run yet where it moves to',
        }
      : removeDelivery(deployment, { cluster, context, signal });
  }
  if (key.kind === 'blueprint') {
    const { blueprints } = deps.platform;
    const asked = await askBlockSupport(deployment, cluster, {
      blueprints,
      signal,
    });
    if (!asked.ok) return { kind: 'retry', problem: asked.problem };
  }
  const loaded = await loadDesired(deployment, cluster, context);
  if (!loaded) return { kind: 'settled' }; // the change that records its removal wakes it
  const desired = loaded.ok
    ? ok(await withTasks(loaded.value, deployment, context))
    : loaded;
  if (!desired.ok) {
    const seen = cluster.observed.of(subjectOf(key));
    const applied = asApplied(deployment.state, seen, cluster.record);
    const now = deps.clock.now();
    await recordDelivery(
      deployment,
      {
        problem: desired.problem,
        ...(applied && {
          verdict: assessDeployment(applied, seen, { isApplied: true, now }),
          runsOn: true,
        }),
      },
      context,
    );
    return { kind: 'stuck', problem: desired.problem };
  }
  cluster.expect(subjectOf(key), desired.value.objects);

  // decide, act
  const subject = subjectOf(key);
  const plan = planDelivery(
    desired.value,
    deployment.state,
    cluster.observed.of(subject),
  );
  // Another portal with the same app may revert our objects repeatedly.
  const isRestoring = plan.kind === 'apply' && plan.because !== 'wanted';
  const waitMs = isRestoring
    ? cluster.restores.waitMs(subject, deps.clock.now())
    : 0;
  if (isRestoring && waitMs === 0)
    cluster.restores.note(subject, deps.clock.now());
  const applied =
    plan.kind === 'apply' && waitMs === 0
      ? await apply(desired.value, plan.known, {
          key,
          cluster,
          context,
          signal,
        })
      : undefined;

  // record
  const now = deps.clock.now();
  const seen = cluster.observed.of(subject);
  const fingerprint = applied
    ? applied.fingerprint
    : deployment.state.appliedFingerprint;
  const isApplied = fingerprint === desired.value.fingerprint;
  const verdict = verdictWhileHeld(
    assessDeployment(desired.value, seen, { isApplied, now }),
    desired.value,
  );
  const findings = await explain(deployment, verdict, {
    desired: desired.value,
    seen,
    cluster,
    context,
    signal,
  });
  await recordDelivery(
    deployment,
    {
      name: desired.value.name ?? deployment.name,
      fingerprints: {
        desired: desired.value.fingerprint,
        applied: fingerprint,
      },
      inventory: {
        ...(desired.value.keepsOthers || !applied?.inventory
          ? deployment.state.inventory
          : {}),
        ...applied?.inventory,
      },
      verdict,
      findings: findings.value,
      isDriftCorrected:
        plan.kind === 'apply' &&
        plan.because === 'drifted' &&
        applied !== undefined &&
        isApplied,
      problem: applied?.problem,
    },
    context,
  );
  if (applied?.problem) {
    return {
      kind: applied.problem.transient ? 'retry' : 'stuck',
      problem: applied.problem,
    };
  }
  if (await recordEndedTasks(desired.value, deployment, { seen, context }))
    return { kind: 'again', afterMs: 1, because: 'its task has ended' };
  if (waitMs > 0)
    return {
      kind: 'again',
      afterMs: waitMs,
      because: 'somebody else keeps changing it',
    };
  if (desired.value.awaits?.length)
    return {
      kind: 'again',
      afterMs: LOOK_AGAIN_MS,
      because: 'replicas that go elsewhere do not run there yet',
    };
  if (desired.value.held && desired.value.runs.length === 0)
    return {
      kind: 'again',
      afterMs: LOOK_AGAIN_MS,
      because: 'a task of its release runs elsewhere',
    };
  const nextMs = findNextLookMs(seen, now);
  if (nextMs !== undefined) {
    return {
      kind: 'again',
      afterMs: nextMs - now.getTime() + 1,
      because: 'it has just started',
    };
  }
  return findings.again ?? (await untilExceptionEnds(deployment, context));
}

interface Applied {
  /** Of the objects in place now; undefined while only a part is. */
  fingerprint?: string;
  inventory?: Record<string, string>;
  problem?: Problem;
}

async function apply(
  desired: RenderedDeployment,
  known: Record<string, string>,
  {
    key,
    cluster,
    context,
    signal,
  }: {
    key: DeploymentKey;
    cluster: ManagedCluster;
    context: Deliverer;
    signal: AbortSignal;
  },
): Promise<Applied> {
  const { deployment, namespace, fingerprint, keepsOthers } = desired;
  const filled =
    key.kind === 'app'
      ? await fillGeneratedSecret(desired.objects, {
          key,
          cluster,
          context,
          signal,
        })
      : ok({ objects: desired.objects, drawn: [] });
  if (!filled.ok) return { problem: filled.problem };
  const { drawn } = filled.value;
  const complete = await fillSettingsSecret(
    filled.value.objects,
    key.kind === 'app' ? key.app : '',
    context,
  );
  if (!complete.ok) return { problem: complete.problem };
  const objects = complete.value;
  if (key.kind === 'app') await endKeptData(key, context);
  const applied = await engineOf(cluster, context.deps).apply(
    cluster.connection,
    {
      deployment,
      ...(namespace !== undefined && { namespace }),
      objects,
      ...(keepsOthers && { keepsOthers }),
      appliedFingerprints: known,
    },
    { signal },
  );
  if (!applied.ok) return { problem: applied.problem };
  const { fingerprints, changes } = applied.value;
  const secret = objects.find(isGeneratedSecret);
  if (key.kind === 'app' && secret && refKey(refOf(secret)) in fingerprints)
    await recordDrawn(drawn, { key, context });
  const now = context.deps.clock.now();
  for (const object of Object.values(applied.value.objects))
    cluster.observed.see(object, now);
  const refused = changes.find(change => change.action === 'refused');
  return {
    inventory: fingerprints,
    ...(applied.value.complete && { fingerprint }),
    ...(refused && { problem: refused.problem }),
  };
}
