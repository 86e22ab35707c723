import type { Knex } from 'knex';
import { toJson, toOptionalJson } from '../json';
import { writeVersion, type Values } from '../temporal';
import {
  type DeploymentKey,
  type DeploymentState,
  subjectOf,
} from './DeploymentRecord';

/** Records the state of a deployment from `at` on. Writes nothing when it has not changed. */
export async function saveDeployment(
  tx: Knex.Transaction,
  deployment: { key: DeploymentKey; name: string; state: DeploymentState },
  at: Date,
): Promise<boolean> {
  const { key } = deployment;
  const app = key.kind === 'app' ? key.app : undefined;
  const about = { subject: subjectOf(key), app, cluster: key.cluster };
  const { changed } = await writeVersion(tx, 'deployments', {
    about,
    values: toValues(deployment),
    at,
  });
  return changed;
}

function toValues(deployment: {
  key: DeploymentKey;
  name: string;
  state: DeploymentState;
}): Values<'deployments'> {
  const { key, name, state } = deployment;
  return {
    kind: key.kind,
    name,
    environment: key.kind === 'app' ? key.environment : '',
    cluster: key.cluster,
    desired_release: state.desiredRelease ?? null,
    desired_settings: state.desiredSettings ?? null,
    desired_replicas: state.desiredReplicas ?? null,
    observed_release: state.observedRelease ?? null,
    desired_fingerprint: state.desiredFingerprint ?? null,
    applied_fingerprint: state.appliedFingerprint ?? null,
    sync: state.sync,
    health: state.health.status,
    health_reason: state.health.reason,
    health_message: state.health.message,
    instances_ready: state.instances.ready,
    instances_wanted: state.instances.wanted,
    serving: toOptionalJson(state.serving),
    urls: toJson(state.urls),
    parts: toJson(state.parts),
    drift: toJson(state.drift),
    findings: toJson(state.findings),
    inventory: toJson(state.inventory),
    problem: toOptionalJson(state.problem),
  };
}
