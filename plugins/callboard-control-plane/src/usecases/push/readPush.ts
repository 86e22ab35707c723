import {
  type PushOutcome,
  type PushReport,
  type PushWave,
  assessArrival,
  describeEntity,
  describeServing,
  phaseOf,
  resolveEnvironments,
  shownHealth,
  viewAddresses,
  viewRollout,
} from '@callboard/plugin-callboard-core';
import type {
  App,
  AppEnvironment,
  Finding,
  PlacementDecision,
  Problem,
} from '@callboard/plugin-callboard-common';
import type { FactReader, PageReader } from '../../reconcile/roles';
import {
  findEnvironment,
  titleOfEnvironment,
} from '../../reconcile/placing/findEnvironment';
import { clusterStatusOf } from '../../reconcile/fleet/clusterStatusOf';
import {
  type DeploymentRecord,
  type PlacementRecord,
  type ReleaseRecord,
  type RevisionRecord,
  type RolloutRecord,
  findBuild,
  findDeploymentsIn,
  findFirstRelease,
  findPlacement,
  findReleaseOfRevision,
  findRevision,
  findRollout,
} from '../../store';
import type { ReadContext } from '../read/SnapshotCache';
import { getApp } from '../read/readApps';

const NO_FINDING_MS = 10_000; // a verdict waits this long for its finding

/** State of a push, read completely before any of it is reported. */
export interface PushReading {
  report: PushReport;
  /** As its page shows it, where it was requested. */
  app?: App;
  /** The first environment of the push, where it is known. */
  environment?: AppEnvironment;
}

/**
 * Reads the state of a push from the database, each part once; the same for
 * every reader, before and after a restart.
 *
 * @param options - `withApp`: with what its page shows of it, unless it has
 *   ended
 * @returns undefined where it was never recorded
 */
export async function readPush(
  push: { app: string; commit: string },
  context: ReadContext,
  { now, withApp }: { now: Date; withApp: boolean },
): Promise<PushReading | undefined> {
  const read = await readReport(push, context, now);
  if (!read) return undefined;
  const { report, environment: name } = read;
  if (!withApp || report.outcome || report.build?.problem) return { report };
  const app = await getApp(push.app, context);
  if (!app.ok) return { report };
  const environment = app.value.environments.find(each => each.name === name);
  return { report, app: app.value, ...(environment && { environment }) };
}

async function readReport(
  push: { app: string; commit: string },
  context: PageReader,
  now: Date,
): Promise<{ report: PushReport; environment?: string } | undefined> {
  const { knex } = context.deps;
  const revision = await findRevision(knex, push.app, push.commit);
  if (!revision) return undefined;
  const { commit, message } = revision;
  const { origin } = revision.spec;
  const report: PushReport = {
    app: push.app,
    revision: { commit: origin?.commit ?? commit, message },
    page: pageOf(push.app, context),
  };
  const build = await findBuild(knex, push.app, push.commit);
  if (!build || build.state === 'pending') {
    report.waitsFor = build?.startedAt
      ? `it is built with ${build.builder}`
      : 'its build has not started';
    return { report };
  }
  const finishedAt = build.finishedAt ?? now;
  report.build = {
    builder: build.builder,
    ...(origin && { elsewhere: origin.builtBy ?? 'another system' }),
    seconds: secondsBetween(build.startedAt ?? build.requestedAt, finishedAt),
    ...(build.problem && { problem: build.problem }),
  };
  const release = await findReleaseOfRevision(knex, revision);
  const first =
    release &&
    (await findFirstRelease(knex, { app: push.app, release: release.number }));
  if (!release || !first) {
    report.waitsFor = 'its release is being made';
    return { report };
  }
  const { environment, releasedAt } = first;
  const { warnings } = release.content;
  if (warnings) report.warnings = warnings;
  report.release = {
    number: release.number,
    environment: titleOf(environment, context),
    seconds: secondsBetween(finishedAt, releasedAt),
  };
  const placement = await findPlacement(knex, { app: push.app, environment });
  if (placement && placement.release > release.number) {
    report.outcome = supersededBy(placement, release);
    return { report, environment };
  }
  if (
    placement?.release !== release.number ||
    mayStillFit(placement.decision)
  ) {
    report.waitsFor = 'no suitable cluster is in contact yet';
    return { report, environment };
  }
  const { chosen, wanted } = placement.decision;
  report.placement = {
    chosen,
    ...(wanted !== undefined && { wanted }),
    why: whyOf(placement.decision),
    seconds: secondsBetween(releasedAt, placement.decidedAt),
  };
  const rollout = await findRollout(knex, { app: push.app, environment });
  const rolled = rollout?.release === release.number ? rollout : undefined;
  const waves = rolled && wavesOf(rolled, now);
  if (waves && waves.length > 0) report.waves = waves;
  const outcome = await readOutcome(
    { revision, release, placement, rolled },
    { context, now },
  );
  return { report: outcome ? { ...report, outcome } : report, environment };
}

function titleOf(environment: string, { deps }: FactReader): string {
  return titleOfEnvironment(deps.platform.environments, environment);
}

/** Address of the app's page, for pushers. */
function pageOf(app: string, context: PageReader): string {
  return context.deps.pageUrlOf?.(app) ?? `/callboard/apps/${app}`;
}

async function readOutcome(
  of: {
    revision: RevisionRecord;
    release: ReleaseRecord;
    placement: PlacementRecord;
    /** Present where it rolls out in waves. */
    rolled: RolloutRecord | undefined;
  },
  { context, now }: { context: PageReader; now: Date },
): Promise<PushOutcome | undefined> {
  const { revision, release, placement, rolled } = of;
  const { app, environment, decision, decidedAt } = placement;
  const title = titleOf(environment, context);
  const { knex } = context.deps;
  if (decision.chosen.length === 0)
    return { kind: 'refused', problem: noClusterFits(app, title) };
  const shown =
    rolled && !rolled.finishedAt && viewRollout(rolled.rollout, now);
  if (shown && shown.phase.kind === 'held')
    return {
      kind: 'still-going',
      seconds: secondsBetween(decidedAt, now),
      says: `${title}: ${shown.sentence}`,
    };
  const deployments = (await findDeploymentsIn(knex, placement)).filter(
    ({ state }) => state.desiredRelease === release.number,
  );
  const statuses = await clusterStatusOf(context);
  const stuck = deployments
    .map(({ state }) => state.problem)
    .find(problem => problem && !problem.transient);
  if (stuck) return { kind: 'refused', problem: stuck };
  const seen = deployments.map(deployment => {
    const { freshness, observedAt } = statuses(deployment.key.cluster);
    return {
      deployment,
      cluster: deployment.key.cluster,
      health: shownHealth(deployment.state.health, freshness, observedAt, now),
    };
  });
  const arrival = assessArrival(decision.chosen, seen, {
    toleratesFailures: isTolerated(rolled, now),
  });
  if (arrival === 'under-way') return undefined;
  const degraded = seen.find(({ health }) => health.status === 'Degraded');
  if (arrival === 'failed' && degraded) {
    const { state, since } = degraded.deployment;
    const finding = state.findings[0];
    if (!finding && now.getTime() - since.getTime() < NO_FINDING_MS)
      return undefined;
    const serving = describeServing(
      deployments.map(({ key, state: { serving: other } }) => ({
        cluster: key.cluster,
        ...(other &&
          statuses(key.cluster).freshness === 'live' && { serving: other }),
      })),
    );
    return {
      kind: 'failed',
      seconds: secondsBetween(decidedAt, since),
      finding: finding ?? unexplained(degraded.deployment, title),
      ...(serving !== undefined && { serving }),
    };
  }
  if (arrival === 'stopped')
    return {
      kind: 'still-going',
      seconds: secondsBetween(decidedAt, now),
      says: `It is in ${title}, which is stopped: start it there`,
    };
  const healthyAt = new Date(
    Math.max(...deployments.map(({ since }) => since.getTime())),
  );
  return {
    kind: 'healthy',
    seconds: secondsBetween(decidedAt, healthyAt),
    totalSeconds: secondsBetween(revision.pushedAt, healthyAt),
    urls: urlsOf({ release, environment }, deployments, context),
    ...awaitedApproval(release, environment, context),
  };
}

/** Its address in the environment, its own name, or every address of its clusters. */
function urlsOf(
  { release, environment }: { release: ReleaseRecord; environment: string },
  deployments: readonly DeploymentRecord[],
  { deps }: PageReader,
): string[] {
  const urls = [...new Set(deployments.flatMap(({ state }) => state.urls))];
  if (urls.length === 0) return [];
  const { app } = release;
  const resolved = findEnvironment(
    deps.platform.environments,
    release,
    environment,
  );
  const { workloads } = release.content;
  const addresses = resolved.ok
    ? viewAddresses({ app, environment: resolved.value, workloads }, urls)
    : [];
  const own =
    addresses.find(({ accepted }) => accepted)?.url ??
    deps.appUrlOf?.({ app, environment });
  return own === undefined ? urls : [own];
}

/** The approver that the next environment waits for, if any. */
function awaitedApproval(
  release: ReleaseRecord,
  environment: string,
  { deps }: FactReader,
): { next?: string } {
  const environments = resolveEnvironments(
    [...deps.platform.environments],
    release.content.appFile,
  );
  if (!environments.ok) return {};
  const waiting = environments.value.find(
    ({ promotion }) =>
      promotion?.from === environment && promotion.approval !== undefined,
  );
  const approval = waiting?.promotion?.approval;
  return approval === undefined
    ? {}
    : {
        next: `${waiting?.title} waits for approval by ${describeEntity(
          approval,
        )}`,
      };
}

/** Waves that have begun; a single wave is not reported. */
function wavesOf({ rollout }: RolloutRecord, now: Date): PushWave[] {
  const { waves } = viewRollout(rollout, now);
  const begun = waves.filter(({ cells }) =>
    cells.some(({ cluster }) => rollout.updated.includes(cluster)),
  ).length;
  return waves.length < 2
    ? []
    : waves.slice(0, begun).map(({ cells }, index) => ({
        number: index + 1,
        of: waves.length,
        clusters: cells.map(({ cluster }) => cluster),
        soakSeconds: rollout.strategy.minSuccessMs / 1000,
      }));
}

/** A failed rollout that may still continue has not failed. */
function isTolerated(rolled: RolloutRecord | undefined, now: Date): boolean {
  return rolled !== undefined && phaseOf(rolled.rollout, now).kind !== 'halted';
}

/** Nothing fits yet, but a cluster would if it were in contact: at a start that takes only seconds. */
function mayStillFit({ chosen, verdicts }: PlacementDecision): boolean {
  return (
    chosen.length === 0 &&
    verdicts.some(({ reasons }) =>
      reasons.every(({ rule }) => rule === 'reachable'),
    )
  );
}

/** `2 of 8 clusters fit, 1 is wanted`. */
function whyOf({ verdicts, wanted }: PlacementDecision): string {
  const fits = verdicts.filter(({ verdict }) => verdict !== 'refused').length;
  const of =
    verdicts.length === 1 ? '1 cluster' : `${verdicts.length} clusters`;
  const fit = `${fits} of ${of} ${fits === 1 ? 'fits' : 'fit'}`;
  return wanted === undefined ? fit : `${fit}, ${wanted} wanted`;
}

function secondsBetween(from: Date, to: Date): number {
  return Math.max(0, to.getTime() - from.getTime()) / 1000;
}

function supersededBy(
  placement: PlacementRecord,
  release: ReleaseRecord,
): PushOutcome {
  return {
    kind: 'still-going',
    seconds: secondsBetween(release.createdAt, placement.decidedAt),
    says: `Release ${placement.release} replaced it`,
  };
}

function noClusterFits(app: string, environment: string): Problem {
  return {
    code: 'no-cluster-fits',
    what: `Cannot run "${app}" in ${environment}`,
    why: 'no cluster of the fleet is suitable',
    next: 'See the placement on its page: each cluster says why, and what would admit it',
    transient: false,
  };
}

function unexplained(
  { key, state }: DeploymentRecord,
  environment: string,
): Finding {
  const { reason, message } = state.health;
  return {
    code: 'unexplained',
    what: `It is in trouble in ${environment} on ${key.cluster}: ${message}`,
    evidence: [{ label: 'Reason', value: reason }],
    logTail: [],
    next: 'Open its page, then the Kubernetes view',
    confidence: 'likely',
    cluster: key.cluster,
  };
}
