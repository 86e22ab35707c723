import type { Finding, Problem } from '@callboard/plugin-callboard-common';
import {
  type DeploymentVerdict,
  describeDrift,
  recordedHealth,
} from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import {
  type DeploymentKey,
  type DeploymentRecord,
  type DeploymentState,
  type JournalDraft,
  findDeployment,
  findDeployments,
  isRollingOut,
  saveDeployment,
} from '../../store';
import { leaseOfCluster } from '../LeaseKeeper';
import { maskSecretsOf } from '../settings/maskSecrets';
import { isSameRevision, revisionOf } from '../placing/setDesiredReleases';
import { type Consequences, record } from '../record';
import type { LeasedRecorder, SecretMasker } from '../roles';

/** Results of a run; fields that it did not check stay as they were. */
export interface DeliveryReport {
  /** Name of the blueprint, which a cluster may change. */
  name?: string;
  fingerprints?: { desired: string; applied?: string };
  inventory?: Record<string, string>;
  verdict?: DeploymentVerdict;
  findings?: Finding[];
  /** True when another client's change was reverted. */
  isDriftCorrected?: boolean;
  problem?: Problem;
  /**
   * True where the problem only prevents further deliveries: what is there
   * keeps running, and is judged as it is seen.
   */
  runsOn?: boolean;
}

/**
 * Records the results of a run, with a journal entry where it matters to a
 * person. The desired release and number of replicas do not change: when they
 * changed meanwhile, the results concern the previous ones and are dropped.
 */
export async function recordDelivery(
  seen: DeploymentRecord,
  found: DeliveryReport,
  context: LeasedRecorder & SecretMasker,
): Promise<void> {
  const { key } = seen;
  const report =
    key.kind === 'app' ? await withoutSecrets(found, key.app, context) : found;
  const at = context.deps.clock.now();
  await record(
    context,
    context.leases.prove(leaseOfCluster(key.cluster)),
    async (tx, { journal, signal, wake }) => {
      const current = await findDeployment(tx, key);
      if (
        !current ||
        !isSameRevision(revisionOf(current.state), revisionOf(seen.state)) ||
        current.state.desiredReplicas !== seen.state.desiredReplicas
      )
        return;
      const name = report.name ?? current.name;
      const state = stateAfter(current, report);
      if (!(await saveDeployment(tx, { key, name, state }, at))) return;
      if (key.kind === 'app') {
        const { app, environment } = key;
        signal({ kind: 'app', name: app });
        if (await isRollingOut(tx, key))
          wake({ kind: 'rollout', app, environment });
      }
      if (key.kind === 'blueprint') {
        wake({ kind: 'blueprint-rollout', blueprint: name });
        if (current.state.observedRelease !== state.observedRelease)
          await wakeApps(tx, key.cluster, wake);
      }
      signal({ kind: 'cluster', name: key.cluster });
      for (const entry of entriesOf({ ...current, name }, state, {
        report,
        at,
      }))
        journal(entry);
    },
  );
}

/**
 * Another version of a blueprint may hold its apps to other guard rails: their
 * namespaces are updated, and apps that it no longer admits leave.
 */
async function wakeApps(
  tx: Knex,
  cluster: string,
  wake: Consequences['wake'],
): Promise<void> {
  for (const { key } of await findDeployments(tx, { cluster })) {
    if (key.kind !== 'app') continue;
    const { app, environment } = key;
    wake({ kind: 'delivery', key });
    wake({ kind: 'placement', app, environment });
  }
}

/** Error messages of a cluster or an app may quote a secret. */
async function withoutSecrets(
  report: DeliveryReport,
  app: string,
  context: SecretMasker,
): Promise<DeliveryReport> {
  const { verdict, findings, problem } = report;
  const isWrong =
    problem !== undefined ||
    (findings !== undefined && findings.length > 0) ||
    verdict?.health.status === 'Degraded' ||
    (verdict !== undefined && verdict.drift.length > 0);
  if (!isWrong) return report;
  const mask = await maskSecretsOf(app, context);
  return {
    ...report,
    ...(verdict && { verdict: mask(verdict) }),
    ...(findings && { findings: mask(findings) }),
    ...(problem && { problem: mask(problem) }),
  };
}

function stateAfter(
  { key, state: before }: Pick<DeploymentRecord, 'key' | 'state'>,
  report: DeliveryReport,
): DeploymentState {
  const isBlueprint = key.kind === 'blueprint';
  const { problem: _before, serving: _former, ...rest } = before;
  const { verdict, fingerprints, findings, inventory, problem, runsOn } =
    report;
  const health = recordedHealth(
    {
      ...(verdict && { health: verdict.health }),
      ...(findings && { findings }),
      ...(problem && !runsOn && { problem }),
    },
    {
      health: before.health,
      isSame: before.desiredFingerprint === fingerprints?.desired,
    },
  );
  return {
    ...rest,
    ...servingAfter(before, report),
    ...(verdict && {
      sync: runsOn ? 'Unknown' : verdict.sync, // the desired state is not known
      // Objects do not show to which version of a blueprint they belong: that is known from
      // what was applied.
      ...(!isBlueprint && { observedRelease: verdict.observedRelease }),
      instances: verdict.instances,
      urls: verdict.urls,
      parts: verdict.parts,
      drift: verdict.drift,
    }),
    ...(isBlueprint &&
      fingerprints?.applied !== undefined &&
      fingerprints.applied === fingerprints.desired && {
        observedRelease: before.desiredRelease,
      }),
    ...(fingerprints && {
      desiredFingerprint: fingerprints.desired,
      appliedFingerprint: fingerprints.applied,
    }),
    ...(inventory && { inventory }),
    ...(findings && { findings }),
    ...(health && { health }),
    ...(problem && { problem }),
  };
}

/** What was not checked stays as it was. */
function servingAfter(
  { serving }: DeploymentState,
  { verdict }: DeliveryReport,
): Pick<DeploymentState, 'serving'> {
  const after = verdict ? verdict.serving : serving;
  return after ? { serving: after } : {};
}

function entriesOf(
  before: DeploymentRecord,
  after: DeploymentState,
  { report, at }: { report: DeliveryReport; at: Date },
): JournalDraft[] {
  const { key, name } = before;
  const common = {
    at,
    actor: 'system:delivery',
    ...about(key),
    ...releaseOf(key, after),
  };
  const entries: JournalDraft[] = [];
  if (
    after.health.status !== before.state.health.status &&
    after.health.status !== 'Progressing'
  ) {
    entries.push({
      ...common,
      action: key.kind === 'app' ? 'deployment.health' : 'blueprint.health',
      message: describeTurn(key, name, after),
      why: after.findings[0]?.what ?? after.health.message,
      before: { health: before.state.health.status },
      after: { health: after.health.status, reason: after.health.reason },
    });
  }
  if (
    key.kind === 'blueprint' &&
    before.state.appliedFingerprint !== after.appliedFingerprint &&
    after.appliedFingerprint
  ) {
    entries.push({
      ...common,
      action: 'blueprint.applied',
      message: `Blueprint ${name} version ${after.desiredRelease} was applied to ${key.cluster}`,
    });
  }
  if (after.drift.length > before.state.drift.length) {
    entries.push({
      ...common,
      action: key.kind === 'app' ? 'deployment.drifted' : 'blueprint.drifted',
      message: describeDrift(after.drift.length, `${name} on ${key.cluster}`),
      why: after.drift[0].message,
      after: after.drift,
    });
  }
  if (report.isDriftCorrected) {
    entries.push({
      ...common,
      action: key.kind === 'app' ? 'deployment.restored' : 'blueprint.restored',
      message: `What somebody else changed of ${name} on ${key.cluster} was reverted`,
    });
  }
  return entries;
}

function about(
  key: DeploymentKey,
): Pick<JournalDraft, 'app' | 'environment' | 'cluster'> {
  return key.kind === 'app'
    ? { app: key.app, environment: key.environment, cluster: key.cluster }
    : { cluster: key.cluster };
}

function releaseOf(
  key: DeploymentKey,
  state: DeploymentState,
): Pick<JournalDraft, 'release'> {
  return key.kind === 'app' && state.desiredRelease !== undefined
    ? { release: state.desiredRelease }
    : {};
}

function describeTurn(
  key: DeploymentKey,
  name: string,
  { health, desiredRelease }: DeploymentState,
): string {
  const what =
    key.kind === 'app'
      ? `Release ${desiredRelease} of ${name}`
      : `Blueprint ${name}`;
  return `${what} turned ${health.status} on ${key.cluster}`;
}
