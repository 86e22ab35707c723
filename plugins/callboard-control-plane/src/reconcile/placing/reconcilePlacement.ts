import type { PlacementDecision } from '@callboard/plugin-callboard-common';
import {
  replicasOf,
  describeDecision,
  findMisconfigured,
  isSameAnswer,
} from '@callboard/plugin-callboard-core';
import {
  type EnvironmentOperationRecord,
  closeRollout,
  findEnvironmentRelease,
  findFailovers,
  findOperation,
  findPlacement,
  findPlacementVersion,
  findRelease,
  lockApp,
  savePlacement,
} from '../../store';
import { LEADER_LEASE } from '../LeaseKeeper';
import type { Outcome } from '../queue';
import { record } from '../record';
import type { FactReader, PlacementRecorder } from '../roles';
import { type Decided, decideFor } from './decideFor';
import { findEnvironment, titleOfEnvironment } from './findEnvironment';
import type { FleetFacts } from './FleetSnapshot';
import { recordFailovers } from './recordFailovers';
import { releaseWorkloadsOf } from './ReleaseWorkloads';
import { onAll, setDesiredReleases } from './setDesiredReleases';
import { sizesOf } from './sizesOf';
import { findSettings } from '../settings/loadSettings';
import { whyMoved } from './whyMoved';
import { whenToLookAgain } from './whenToLookAgain';

/**
 * Decides on which clusters an environment of an app runs, and sets the desired
 * state of the deployments there: its release on the chosen clusters, none on
 * all others. Where releases go in waves, the rollout sets it instead. Apps on
 * a lost or drained cluster are moved, and stay where no other cluster takes
 * them. Where no decision is possible, everything stays in place and is decided
 * again at each resync.
 */
export async function reconcilePlacement(
  key: { app: string; environment: string },
  context: PlacementRecorder,
): Promise<Outcome> {
  // observe
  const { deps } = context;
  const wanted = await findEnvironmentRelease(deps.knex, key);
  if (!context.leases.holds(LEADER_LEASE)) return { kind: 'settled' };
  if (!wanted) {
    context.fleetSnapshots.standing.drop(`${key.app}/${key.environment}`);
    return { kind: 'settled' };
  }
  const failovers = (await findFailovers(deps.knex, { app: key.app })).filter(
    ({ environment }) => environment === key.environment,
  );
  const fleet = await context.fleetSnapshots.read(context);
  const { inForce } = await findSettings(deps.knex, key);
  const settings = inForce?.version;
  const operation = await findOperation(deps.knex, key);
  const asked: Asked = {
    ...key,
    release: wanted.release,
    ...(settings !== undefined && { settings }),
    ...(operation && { operation }),
  };
  if (failovers.length === 0 && (await stands(asked, fleet, context)))
    return { kind: 'settled' };
  const release = await findRelease(deps.knex, key.app, wanted.release);
  if (!release)
    throw new Error(
      `Release ${wanted.release} of "${key.app}" is wanted and not recorded`,
    );
  const previous = await findPlacement(deps.knex, key);
  const { now } = fleet;

  // decide
  const decided = decideFor(
    {
      release,
      environment: key.environment,
      previous,
      failovers,
      replicas: operation?.replicas,
    },
    fleet,
  );
  if (!decided.ok) return { kind: 'stuck', problem: decided.problem };
  const environment = findEnvironment(
    deps.platform.environments,
    release,
    key.environment,
  );
  const decision =
    previous && isSameAnswer(previous.decision, decided.value.decision)
      ? previous.decision
      : decided.value.decision;

  // record
  const isWanted = await record(
    context,
    context.leases.prove(LEADER_LEASE),
    async (tx, consequences): Promise<boolean> => {
      // Removed or replaced meanwhile: that change has requested another run.
      await lockApp(tx, key.app);
      const current = await findEnvironmentRelease(tx, key);
      if (current?.release !== wanted.release) return false;
      const saved = await savePlacement(tx, {
        ...key,
        release: wanted.release,
        decision,
        decidedAt: now,
      });
      if (saved) consequences.signal({ kind: 'app', name: key.app });
      if (saved && !isSameChoice(previous?.decision, decision)) {
        consequences.journal({
          at: now,
          actor: 'system:placement',
          action: 'placement.decided',
          ...key,
          release: wanted.release,
          message: describeDecision(decision, {
            environment: titleOfEnvironment(
              deps.platform.environments,
              key.environment,
            ),
          }),
          why: whyMoved(previous?.decision, decision),
          before: previous && placesOf(previous.decision),
          after: { ...placesOf(decision), satisfied: decision.satisfied },
        });
      }
      // A decision that was not possible does not show which apps moved.
      if (!findMisconfigured(decision))
        await recordFailovers(
          tx,
          { key, previous: previous?.decision, decision, failovers },
          now,
        );
      // It is unknown whether its releases go in waves: clusters keep what they have.
      if (!environment.ok) return true;
      // In waves: the rollout sets the release of each cluster.
      if (environment.value.rollout) {
        consequences.wake({ kind: 'rollout', ...key });
        return true;
      }
      await closeRollout(tx, key, now);
      await setDesiredReleases(
        tx,
        {
          ...key,
          desired: onAll(decision.chosen, asked, sizesOf(decision, operation)),
          now,
        },
        consequences,
      );
      return true;
    },
  );
  if (!isWanted) return { kind: 'settled' };
  await keep(asked, { ...decided.value, environment }, context);
  const sizes = sizesOf(decision, operation);
  fleet.take(
    {
      ...key,
      release: wanted.release,
      workloads: releaseWorkloadsOf(release),
      places: new Map(
        decision.chosen.map(cluster => [cluster, sizes.get(cluster)]),
      ),
    },
    { keepsOthers: !environment.ok || environment.value.rollout !== undefined },
  );
  return environment.ok
    ? whenToLookAgain(decided.value.decision, fleet) // a kept decision does not account for contact lost since then
    : { kind: 'stuck', problem: environment.problem };
}

interface Asked {
  app: string;
  environment: string;
  release: number;
  /** Number of the last change of its settings; absent where nothing is set. */
  settings?: number;
  /** Set where somebody stopped or scaled it. */
  operation?: EnvironmentOperationRecord;
}

/** Whether the recorded decision would be made again now. A rollout continues in any case. */
async function stands(
  asked: Asked,
  { releases }: FleetFacts,
  context: PlacementRecorder,
): Promise<boolean> {
  const { app, environment: name, release } = asked;
  const content = releases.get(`${app}/${release}`);
  if (!content) return false;
  const environment = findEnvironment(
    context.deps.platform.environments,
    { app, content },
    name,
  );
  const version = await versionOf(asked, environment, context);
  if (
    version === undefined ||
    !context.fleetSnapshots.standing.stands(`${app}/${name}`, version)
  )
    return false;
  if (environment.ok && environment.value.rollout)
    context.queue.add({ kind: 'rollout', app, environment: name });
  return true;
}

/** Keeps a recorded decision, so that the next run need not make it again. */
async function keep(
  asked: Asked,
  { app, decision, environment }: Decided & { environment: FoundEnvironment },
  context: PlacementRecorder,
): Promise<void> {
  const version = await versionOf(asked, environment, context);
  if (app && version !== undefined)
    context.fleetSnapshots.standing.keep(app, { decision, version });
  else
    context.fleetSnapshots.standing.drop(`${asked.app}/${asked.environment}`);
}

type FoundEnvironment = ReturnType<typeof findEnvironment>;

/**
 * Identifies the recorded decision and the definition of the environment by
 * platform and app; undefined where the release or the environment is another
 * one.
 */
async function versionOf(
  asked: Asked,
  environment: FoundEnvironment,
  { deps }: FactReader,
): Promise<string | undefined> {
  if (!environment.ok) return undefined;
  const recorded = await findPlacementVersion(deps.knex, asked);
  return recorded?.release === asked.release
    ? JSON.stringify([
        recorded,
        environment.value,
        asked.settings,
        asked.operation,
      ])
    : undefined;
}

/** Returns clusters for the journal, with the replicas on each where they are divided. */
function placesOf(decision: PlacementDecision): {
  chosen: string[];
  replicas?: Record<string, number>;
} {
  const replicas = Object.fromEntries(replicasOf(decision));
  return {
    chosen: decision.chosen,
    ...(Object.keys(replicas).length > 0 && { replicas }),
  };
}

function isSameChoice(
  before: PlacementDecision | undefined,
  after: PlacementDecision,
): boolean {
  return (
    before !== undefined &&
    JSON.stringify(placesOf(before)) === JSON.stringify(placesOf(after)) &&
    before.satisfied === after.satisfied &&
    findMisconfigured(before)?.why === findMisconfigured(after)?.why
  );
}
