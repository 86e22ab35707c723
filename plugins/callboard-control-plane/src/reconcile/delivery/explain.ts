import {
  type DeploymentVerdict,
  diagnose,
  nameChangesBefore,
} from '@callboard/plugin-callboard-core';
import type { Finding } from '@callboard/plugin-callboard-common';
import type { DeploymentRecord, ObjectDigest } from '../../store';
import type { ManagedCluster } from '../fleet/Fleet';
import type { Outcome } from '../queue';
import { titleOfEnvironment } from '../placing/findEnvironment';
import type { FactReader } from '../roles';
import { continueFindings } from './continueFindings';
import type { RenderedDeployment } from './RenderedDeployment';
import { findChanges } from './findChanges';
import { gatherEvidence } from './gatherEvidence';

const LONG_PROGRESS_MS = 5_000; // what takes longer than this is diagnosed: a person may be waiting for it
const LOOK_AGAIN_MS = 15_000; // a diagnosis becomes older than this only while nothing changes
const NOTHING_FOUND_MS = 2_000; // a Degraded deployment has a cause
const NOTHING_YET_MS = 5_000; // a Progressing deployment may have none

export interface Explanation {
  value: Finding[];
  /** When to look again, where no event would wake the reconciler. */
  again?: Outcome;
}

/**
 * Diagnoses a deployment from the cluster itself, while it is Degraded or takes
 * long. Findings stay until it is Healthy; they are searched again when the
 * summary changed or is old.
 */
export async function explain(
  deployment: DeploymentRecord,
  verdict: DeploymentVerdict,
  run: {
    desired: RenderedDeployment;
    seen: ReadonlyMap<string, ObjectDigest>;
    cluster: ManagedCluster;
    context: FactReader;
    signal: AbortSignal;
  },
): Promise<Explanation> {
  const { desired, cluster, context, signal } = run;
  const { key, state } = deployment;
  const now = context.deps.clock.now();
  const { status } = verdict.health;
  if (key.kind !== 'app' || desired.namespace === undefined)
    return { value: [] };
  if (status === 'Healthy' || status === 'Suspended') return { value: [] };
  const progressingMs =
    now.getTime() -
    cluster.progressingSince(key, desired.fingerprint, now).getTime();
  if (
    status === 'Progressing' &&
    state.health.status !== 'Degraded' &&
    progressingMs < LONG_PROGRESS_MS
  ) {
    const afterMs = LONG_PROGRESS_MS - progressingMs;
    return {
      value: [],
      again: { kind: 'again', afterMs, because: 'it takes its time' },
    };
  }
  const summary = summaryOf(verdict, run.seen);
  const last = cluster.diagnosed.get(desired.deployment);
  const keptMs =
    status === 'Progressing' && !state.findings.some(isConclusive)
      ? NOTHING_YET_MS
      : LOOK_AGAIN_MS;
  const isFresh =
    last?.summary === summary && now.getTime() - last.at.getTime() < keptMs;
  if (isFresh && state.findings.length > 0)
    return { value: state.findings, again: lookAgain(keptMs) };

  const { app, environment } = key;
  const evidence = await gatherEvidence(
    cluster.connection,
    { namespace: desired.namespace, app, environment },
    signal,
  );
  const found = diagnose(
    {
      app,
      environment: titleOfEnvironment(
        context.deps.platform.environments,
        environment,
      ),
      cluster: key.cluster,
      ...evidence,
    },
    now,
  );
  cluster.diagnosed.set(desired.deployment, { summary, at: now });
  if (found.length === 0)
    return {
      value: state.findings.filter(({ conclusive }) => !conclusive),
      again: lookAgain(
        status === 'Progressing' ? NOTHING_YET_MS : NOTHING_FOUND_MS,
      ),
    };
  const { changes, releasedAt } = await findChanges(context.deps.knex, key, {
    release: desired.release,
    nodes: evidence.objects.filter(({ kind }) => kind === 'Node'),
  });
  const value = continueFindings(found, state.findings, releasedAt).map(
    finding => {
      const began =
        finding.since === undefined
          ? cluster.progressingSince(key, desired.fingerprint, now)
          : new Date(finding.since);
      const changedBefore = nameChangesBefore(changes, began);
      return changedBefore === undefined
        ? finding
        : { ...finding, changedBefore };
    },
  );
  const mayChange = status === 'Progressing' && !value.some(isConclusive);
  return {
    value,
    again: lookAgain(mayChange ? NOTHING_YET_MS : LOOK_AGAIN_MS),
  };
}

function isConclusive({ conclusive }: Finding): boolean {
  return conclusive === true;
}

/** Summarizes the inputs of a diagnosis, as far as the watch shows them. */
function summaryOf(
  { health }: DeploymentVerdict,
  seen: ReadonlyMap<string, ObjectDigest>,
): string {
  const instances = [...seen.values()]
    .filter(({ ref }) => ref.kind === 'Pod')
    .map(({ ref, health: own }) => `${ref.name} ${own?.status} ${own?.reason}`);
  return [health.status, health.reason, ...instances].join('\n');
}

function lookAgain(afterMs: number): Outcome {
  return { kind: 'again', afterMs, because: 'it is not healthy yet' };
}
