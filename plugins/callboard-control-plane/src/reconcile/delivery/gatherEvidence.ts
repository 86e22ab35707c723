import type { KubeObject } from '@callboard/plugin-callboard-common';
import { LABELS } from '@callboard/plugin-callboard-common';
import type { ClusterConnection } from '@callboard/plugin-callboard-node';
import { fieldOf, listOf } from '../observing/fields';

const MAX_TALKING_PODS = 4; // logs are read from at most this many instances; one usually shows the cause
const MAX_NODES = 4; // there is rarely more than one bad node
const MAX_EVENTS = 200;
const LOG_LINES = 120; // a stack trace is long, and the error is above it
const LOG_BYTES = 16 * 1024;
const CALL_MS = 3_000; // late evidence is of no use

/** Inputs of a diagnosis, read from the cluster at the moment something is wrong. */
export interface GatheredEvidence {
  objects: KubeObject[];
  events: KubeObject[];
  /** Last output by pod name. */
  logs: Record<string, string>;
}

/**
 * Reads workloads, instances, events and last output of an app's namespace, and
 * the nodes its instances are on. Unreadable parts are left out: a partial
 * diagnosis is better than none.
 */
export async function gatherEvidence(
  connection: ClusterConnection,
  of: { namespace: string; app: string; environment: string },
  signal: AbortSignal,
): Promise<GatheredEvidence> {
  const call = { signal, deadlineMs: CALL_MS, namespace: of.namespace };
  const labelSelector = `${LABELS.app}=${of.app},${LABELS.environment}=${of.environment}`;
  const list = async (
    apiVersion: string,
    kind: string,
    options: { labelSelector?: string } = {},
  ) => {
    const answer = await connection.list(
      { apiVersion, kind },
      { ...call, ...options },
    );
    return answer.ok ? answer.value.items : [];
  };
  const [pods, deployments, sets, events] = await Promise.all([
    list('v1', 'Pod', { labelSelector }),
    list('apps/v1', 'Deployment', { labelSelector }),
    list('apps/v1', 'ReplicaSet', { labelSelector }),
    list('v1', 'Event'),
  ]);
  const troubled = pods.filter(isInTrouble);
  const logs: Record<string, string> = {};
  const [nodes] = await Promise.all([
    readNodes(connection, troubled.length > 0 ? troubled : pods, { signal }),
    ...troubled.slice(0, MAX_TALKING_PODS).map(async pod => {
      const text = await readLastOutput(connection, pod, { signal });
      if (text !== undefined) logs[pod.metadata.name] = text;
    }),
  ]);
  return {
    objects: [...deployments, ...sets, ...pods, ...nodes],
    events: events.slice(-MAX_EVENTS),
    logs,
  };
}

async function readNodes(
  connection: ClusterConnection,
  pods: readonly KubeObject[],
  { signal }: { signal: AbortSignal },
): Promise<KubeObject[]> {
  const names = pods.flatMap(pod => {
    const name = fieldOf(pod.spec, 'nodeName');
    return typeof name === 'string' ? [name] : [];
  });
  const answers = await Promise.all(
    [...new Set(names)]
      .slice(0, MAX_NODES)
      .map(name =>
        connection.read(
          { apiVersion: 'v1', kind: 'Node', name },
          { signal, deadlineMs: CALL_MS },
        ),
      ),
  );
  return answers.flatMap(answer =>
    answer.ok && answer.value ? [answer.value] : [],
  );
}

function isInTrouble(pod: KubeObject): boolean {
  return pod.metadata.deletionTimestamp === undefined && !!findTroubled(pod);
}

/** Returns a container that is not ready; else one that has failed before: between two crashes it looks healthy. */
function findTroubled(pod: KubeObject): unknown {
  const statuses = listOf(fieldOf(pod.status, 'containerStatuses'));
  return (
    statuses.find(status => fieldOf(status, 'ready') !== true) ??
    statuses.find(status => {
      const ended = fieldOf(fieldOf(status, 'lastState'), 'terminated');
      return ended !== undefined && fieldOf(ended, 'exitCode') !== 0;
    })
  );
}

/** Reads the output of the failing container: what it printed before it ended, or prints now. */
async function readLastOutput(
  connection: ClusterConnection,
  pod: KubeObject,
  { signal }: { signal: AbortSignal },
): Promise<string | undefined> {
  const troubled = findTroubled(pod);
  const container = fieldOf(troubled, 'name');
  const isRunning =
    fieldOf(fieldOf(troubled, 'state'), 'running') !== undefined;
  const hasEnded =
    fieldOf(fieldOf(troubled, 'lastState'), 'terminated') !== undefined;
  const read = async (previous: boolean) => {
    const answer = await connection.readLogs(
      { namespace: pod.metadata.namespace ?? '', name: pod.metadata.name },
      {
        ...(typeof container === 'string' && { container }),
        previous,
        tailLines: LOG_LINES,
        limitBytes: LOG_BYTES,
        signal,
        deadlineMs: CALL_MS,
      },
    );
    return answer.ok && answer.value.trim() !== '' ? answer.value : undefined;
  };
  return isRunning && hasEnded
    ? (await read(true)) ?? read(false)
    : (await read(false)) ?? (hasEnded ? read(true) : undefined);
}
