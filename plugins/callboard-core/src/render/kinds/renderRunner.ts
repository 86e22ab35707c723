import type {
  V1CronJob,
  V1DaemonSet,
  V1Job,
  V1JobSpec,
  V1StatefulSet,
  V1StatefulSetSpec,
} from '@kubernetes/client-node';
import {
  type KubeObject,
  LABELS,
  type WorkloadKind,
  type WorkloadSettings,
} from '@callboard/plugin-callboard-common';
import type { AsJson, Manifest } from '../../kubernetes';
import { type Rendered, cannotRender, rendered } from '../RenderFault';
import { sha256 } from '../sha256';
import { sortedEntries } from '../sortedEntries';
import {
  type DeploymentInput,
  type PodTemplate,
  minReadyOf,
  renderDeployment,
  renderPodTemplate,
  replicasOf,
} from './renderDeployment';

export interface RunnerInput extends DeploymentInput {
  release: number;
  settings: WorkloadSettings;
}

const RETRIES = 3; // a starting database answers the second or third attempt
const MAX_NAME = 63; // pods are labelled with it
const MAX_OWNER_NAME = 52; // followed by a checksum, or by the minute of a run

/** Renders the object that owns the pods of a workload, of the kind in app.yaml. */
export function renderRunner(
  input: RunnerInput,
): Rendered<Manifest<object> & KubeObject> {
  const { kind = 'Deployment' } = input.settings;
  if (kind === 'Deployment') return renderDeployment(input);
  if (
    isTask(kind) &&
    Object.keys(input.workload.service?.ports ?? {}).length > 0
  )
    return cannotRender({
      code: 'task-with-service',
      path: ['service', 'ports'],
      why: `spec.deploy makes it a ${kind}, which ends when it is done and serves nobody`,
      next: 'Remove the ports, or the kind',
    });
  const template = renderPodTemplate(input);
  if (!template.ok) return template;
  switch (kind) {
    case 'StatefulSet':
      return rendered(renderStatefulSet(input, template.value));
    case 'DaemonSet':
      return rendered(renderDaemonSet(input, template.value));
    case 'CronJob':
      return rendered(renderCronJob(input, template.value));
    case 'Job':
      return rendered(renderJob(input, template.value));
    default:
      return kind satisfies never;
  }
}

/** Returns whether a workload runs to completion. */
function isTask(kind: WorkloadKind | undefined): boolean {
  return kind === 'Job' || kind === 'CronJob';
}

function renderStatefulSet(
  input: RunnerInput,
  template: PodTemplate,
): Manifest<V1StatefulSet> {
  const { name } = input.workload.metadata;
  const claims = renderClaims(input);
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: metadataOf(input, claims ? ownerName(name) : name),
    spec: {
      ...minReadyOf(template),
      ...replicasOf(input),
      selector: { matchLabels: input.selector },
      serviceName: name,
      template,
      ...(claims && {
        volumeClaimTemplates: claims,
        // Else an instance that never becomes ready keeps the next release from replacing
        // it.
        podManagementPolicy: 'Parallel',
      }),
    },
  };
}

/**
 * Renders the claims of each instance. With labels that no release changes, as
 * Kubernetes does not allow changes to them.
 */
function renderClaims({
  labels,
  resources: { claims },
}: RunnerInput): AsJson<V1StatefulSetSpec>['volumeClaimTemplates'] {
  const {
    [LABELS.release]: _release,
    [LABELS.version]: _version,
    ...lasting
  } = labels;
  const templates = sortedEntries(claims).map(([name, of]) => ({
    metadata: {
      name,
      labels: { ...lasting, [LABELS.resource]: of.objectName },
    },
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: of.size } },
    },
  }));
  return templates.length === 0 ? undefined : templates;
}

/** Returns the name of the pods' owner, where the name of the workload is too long for it. */
export function ownerName(workload: string): string {
  if (workload.length <= MAX_OWNER_NAME) return workload;
  const end = sha256(workload).slice(0, 8);
  return `${workload.slice(0, MAX_OWNER_NAME - end.length - 1)}-${end}`;
}

/** One pod per node: no spread is needed. */
function renderDaemonSet(
  input: RunnerInput,
  { metadata, spec }: PodTemplate,
): Manifest<V1DaemonSet> {
  const { topologySpreadConstraints: _spread, ...rest } = spec;
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: metadataOf(input, input.workload.metadata.name),
    spec: {
      ...minReadyOf({ metadata, spec }),
      selector: { matchLabels: input.selector },
      template: { metadata, spec: rest },
    },
  };
}

/** The next run does not start while one is still running. */
function renderCronJob(
  input: RunnerInput,
  template: PodTemplate,
): Manifest<V1CronJob> {
  const { schedule = '', timeZone } = input.settings;
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: metadataOf(input, ownerName(input.workload.metadata.name)),
    spec: {
      concurrencyPolicy: 'Forbid',
      jobTemplate: {
        metadata: { labels: input.labels },
        spec: renderJobSpec(input, template),
      },
      schedule,
      ...(timeZone !== undefined && { timeZone }),
    },
  };
}

/** Jobs are immutable: each release has its own. */
function renderJob(input: RunnerInput, template: PodTemplate): Manifest<V1Job> {
  const { workload, release } = input;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: metadataOf(input, jobName(workload.metadata.name, release)),
    spec: renderJobSpec(input, template),
  };
}

function renderJobSpec(
  { settings }: RunnerInput,
  { metadata, spec }: PodTemplate,
): AsJson<V1JobSpec> {
  const { retries = RETRIES, deadlineSeconds } = settings;
  const { topologySpreadConstraints: _spread, ...rest } = spec;
  return {
    backoffLimit: retries,
    ...(deadlineSeconds !== undefined && {
      activeDeadlineSeconds: deadlineSeconds,
    }),
    template: { metadata, spec: { ...rest, restartPolicy: 'Never' } },
  };
}

function jobName(workload: string, release: number): string {
  const name = `${workload}-${release}`;
  if (name.length <= MAX_NAME) return name;
  const end = `${sha256(workload).slice(0, 8)}-${release}`;
  return `${workload.slice(0, MAX_NAME - end.length - 1)}-${end}`;
}

function metadataOf(
  { namespace, labels, workload }: RunnerInput,
  name: string,
): KubeObject['metadata'] {
  const { annotations } = workload.metadata;
  return { name, namespace, labels, ...(annotations && { annotations }) };
}
