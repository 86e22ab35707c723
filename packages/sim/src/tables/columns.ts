import type { ApiResource } from '../discovery';
import { getPath, isJsonObject, type SimObject } from '../json';
import { objectsIn } from '../validation';
import { ageOf } from './age';
import { type Column, column, number, text } from './Column';
import { jobDuration, jobStatus } from './jobCells';
import {
  endpointAddresses,
  join,
  externalAddress,
  servicePorts,
} from './networkCells';
import { addressOf, nodeRoles, nodeStatus } from './nodeCells';
import { describeQuota, describeRole } from './policyCells';
import { podReason, podReady, podRestarts } from './podCells';
import { CONTAINERS, SELECTOR, describeSelector } from './workloadCells';

const NAME = column('Name', object => object.metadata.name);
const AGE: Column = {
  name: 'Age',
  type: 'string',
  value: ({ metadata }, now) => ageOf(metadata.creationTimestamp, now),
};

/** Columns per resource, in order; others have name and age. Source: kubernetes pkg/printers/internalversion/printers.go. */
const COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  pods: [
    NAME,
    column('Ready', podReady),
    column('Status', podReason),
    { name: 'Restarts', type: 'string', value: podRestarts },
    AGE,
    text('IP', ['status', 'podIP'], 1),
    text('Node', ['spec', 'nodeName'], 1),
    text('Nominated Node', ['status', 'nominatedNodeName'], 1),
    column('Readiness Gates', () => '<none>', 1),
  ],
  deployments: [
    NAME,
    column(
      'Ready',
      object =>
        `${count(object, 'status', 'readyReplicas')}/${count(
          object,
          'spec',
          'replicas',
        )}`,
    ),
    number('Up-to-date', ['status', 'updatedReplicas']),
    number('Available', ['status', 'availableReplicas']),
    AGE,
    ...CONTAINERS,
    SELECTOR,
  ],
  replicasets: [
    NAME,
    number('Desired', ['spec', 'replicas']),
    number('Current', ['status', 'replicas']),
    number('Ready', ['status', 'readyReplicas']),
    AGE,
    ...CONTAINERS,
    SELECTOR,
  ],
  statefulsets: [
    NAME,
    column(
      'Ready',
      object =>
        `${count(object, 'status', 'readyReplicas')}/${count(
          object,
          'spec',
          'replicas',
        )}`,
    ),
    AGE,
    ...CONTAINERS,
  ],
  daemonsets: [
    NAME,
    number('Desired', ['status', 'desiredNumberScheduled']),
    number('Current', ['status', 'currentNumberScheduled']),
    number('Ready', ['status', 'numberReady']),
    number('Up-to-date', ['status', 'updatedNumberScheduled']),
    number('Available', ['status', 'numberAvailable']),
    column('Node Selector', () => '<none>'),
    AGE,
    ...CONTAINERS,
    SELECTOR,
  ],
  jobs: [
    NAME,
    column('Status', jobStatus),
    column(
      'Completions',
      object =>
        `${count(object, 'status', 'succeeded')}/${count(
          object,
          'spec',
          'completions',
        )}`,
    ),
    { name: 'Duration', type: 'string', value: jobDuration },
    AGE,
    ...CONTAINERS,
    SELECTOR,
  ],
  cronjobs: [
    NAME,
    text('Schedule', ['spec', 'schedule']),
    text('Timezone', ['spec', 'timeZone']),
    column('Suspend', object =>
      getPath(object, ['spec', 'suspend']) === true ? 'True' : 'False',
    ),
    {
      name: 'Active',
      type: 'integer',
      value: object => objectsIn(getPath(object, ['status', 'active'])).length,
    },
    {
      name: 'Last Schedule',
      type: 'string',
      value: (object, now) => {
        const last = getPath(object, ['status', 'lastScheduleTime']);
        return last === undefined ? '<none>' : ageOf(last, now);
      },
    },
    AGE,
  ],
  services: [
    NAME,
    text('Type', ['spec', 'type']),
    text('Cluster-IP', ['spec', 'clusterIP']),
    column('External-IP', externalAddress),
    column('Port(s)', servicePorts),
    AGE,
    column(
      'Selector',
      object =>
        describeSelector({
          matchLabels: getPath(object, ['spec', 'selector']),
        }),
      1,
    ),
  ],
  endpoints: [NAME, column('Endpoints', endpointAddresses), AGE],
  endpointslices: [
    NAME,
    text('AddressType', ['addressType']),
    column('Ports', object =>
      join(
        objectsIn(object.ports).map(({ port }) => String(port)),
        '<unset>',
      ),
    ),
    column('Endpoints', object =>
      join(
        objectsIn(object.endpoints).flatMap(
          ({ addresses }) => addresses as string[],
        ),
        '<unset>',
      ),
    ),
    AGE,
  ],
  configmaps: [
    NAME,
    {
      ...number('Data', []),
      value: object => sizeOf(object.data) + sizeOf(object.binaryData),
    },
    AGE,
  ],
  secrets: [
    NAME,
    text('Type', ['type']),
    { ...number('Data', []), value: object => sizeOf(object.data) },
    AGE,
  ],
  namespaces: [NAME, text('Status', ['status', 'phase']), AGE],
  nodes: [
    NAME,
    column('Status', nodeStatus),
    column('Roles', nodeRoles),
    AGE,
    text('Version', ['status', 'nodeInfo', 'kubeletVersion']),
    column('Internal-IP', object => addressOf(object, 'InternalIP'), 1),
    column('External-IP', object => addressOf(object, 'ExternalIP'), 1),
    text('OS-Image', ['status', 'nodeInfo', 'osImage'], 1),
    text('Kernel-Version', ['status', 'nodeInfo', 'kernelVersion'], 1),
    text(
      'Container-Runtime',
      ['status', 'nodeInfo', 'containerRuntimeVersion'],
      1,
    ),
  ],
  events: [
    {
      name: 'Last Seen',
      type: 'string',
      value: (object, now) =>
        ageOf(
          object.lastTimestamp ??
            object.eventTime ??
            object.deprecatedLastTimestamp,
          now,
        ),
    },
    text('Type', ['type']),
    text('Reason', ['reason']),
    column('Object', eventObject),
    column(
      'Subobject',
      object => String(getPath(object, ['involvedObject', 'fieldPath']) ?? ''),
      1,
    ),
    column(
      'Source',
      object =>
        join(
          [text('', ['source', 'component']), text('', ['source', 'host'])]
            .map(({ value }) => String(value(object, new Date(0))))
            .filter(part => part !== '<none>'),
          '',
        ),
      1,
    ),
    column('Message', object =>
      String(object.message ?? object.note ?? '').trim(),
    ),
    {
      name: 'First Seen',
      type: 'string',
      priority: 1,
      value: (object, now) =>
        ageOf(object.firstTimestamp ?? object.eventTime, now),
    },
    {
      ...number('Count', []),
      priority: 1,
      value: object => (typeof object.count === 'number' ? object.count : 1),
    },
    column('Name', object => object.metadata.name, 1),
  ],
  serviceaccounts: [NAME, number('Secrets', ['secrets', 'length']), AGE],
  networkpolicies: [
    NAME,
    column('Pod-Selector', object =>
      describeSelector(getPath(object, ['spec', 'podSelector'])),
    ),
    AGE,
  ],
  poddisruptionbudgets: [
    NAME,
    text('Min Available', ['spec', 'minAvailable'], 0, 'N/A'),
    text('Max Unavailable', ['spec', 'maxUnavailable'], 0, 'N/A'),
    number('Allowed Disruptions', ['status', 'disruptionsAllowed']),
    AGE,
  ],
  priorityclasses: [
    NAME,
    number('Value', ['value']),
    column('Global-Default', object => object.globalDefault === true),
    AGE,
    text('PreemptionPolicy', ['preemptionPolicy'], 0, 'PreemptLowerPriority'),
  ],
  resourcequotas: [
    NAME,
    column('Request', object => describeQuota(object, false)),
    column('Limit', object => describeQuota(object, true)),
    AGE,
  ],
  limitranges: [
    NAME,
    column('Created At', ({ metadata }) => metadata.creationTimestamp ?? ''),
  ],
  roles: [
    NAME,
    column('Created At', ({ metadata }) => metadata.creationTimestamp ?? ''),
  ],
  clusterroles: [
    NAME,
    column('Created At', ({ metadata }) => metadata.creationTimestamp ?? ''),
  ],
  rolebindings: [NAME, column('Role', describeRole), AGE],
  clusterrolebindings: [NAME, column('Role', describeRole), AGE],
  leases: [NAME, text('Holder', ['spec', 'holderIdentity']), AGE],
};

export function columnsOf({ resource }: ApiResource): readonly Column[] {
  return COLUMNS[resource] ?? [NAME, AGE];
}

function count(object: SimObject, ...path: string[]): number {
  return Number(getPath(object, path) ?? 0);
}

function sizeOf(value: unknown): number {
  return isJsonObject(value) ? Object.keys(value).length : 0;
}

function eventObject(object: SimObject): string {
  const about = object.involvedObject ?? object.regarding;
  return `${String(getPath(about, ['kind'])).toLowerCase()}/${String(
    getPath(about, ['name']),
  )}`;
}
