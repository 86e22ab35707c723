import {
  fieldsOf,
  type Fields,
  isFields,
  listOf,
  numberOf,
  textOf,
} from '../documents';
import { milliValueOf, parseQuantity, valueOf } from '../quantity';
import type { KarmadaWorkload } from './types';

/**
 * Kinds whose replicas the engine knows; every other object is placed as a
 * whole. Fields that the API server would default are 1.
 *
 * Source: karmada-io/karmada pkg/resourceinterpreter/default/native/replica.go
 * (1.16).
 */
const REPLICAS: Record<string, (spec: Fields) => number> = {
  'apps/v1 Deployment': spec => numberOf(spec.replicas) ?? 1,
  'apps/v1 ReplicaSet': spec => numberOf(spec.replicas) ?? 1,
  'apps/v1 StatefulSet': spec => numberOf(spec.replicas) ?? 1,
  'batch/v1 Job': spec => {
    const parallelism = numberOf(spec.parallelism) ?? 1;
    return Math.min(parallelism, numberOf(spec.completions) ?? parallelism);
  },
  'v1 Pod': () => 1,
};

/**
 * Reads the workload to place from its object: its kind, replicas and requests.
 *
 * @param replicas - given by the user; takes precedence over the object
 */
export function readWorkload(
  document: Fields | undefined,
  replicas?: number,
): KarmadaWorkload {
  if (document === undefined) return { replicas: replicas ?? 0, requests: {} };
  const apiVersion = textOf(document.apiVersion) ?? '';
  const kind = textOf(document.kind) ?? '';
  const spec = fieldsOf(document.spec);
  const podSpec =
    kind === 'Pod' ? spec : fieldsOf(fieldsOf(spec.template).spec);
  const countOf = REPLICAS[`${apiVersion} ${kind}`];
  const requests = sumRequests(podSpec);
  return {
    apiVersion,
    kind,
    uid: textOf(fieldsOf(document.metadata).uid),
    replicas: replicas ?? countOf?.(spec) ?? 0,
    requests,
    asksOfNodes: countOf !== undefined && asksOfNodes(podSpec, requests),
  };
}

/** Source: karmada-io/karmada pkg/util/helper/binding.go GenerateReplicaRequirements (1.16). */
function asksOfNodes(
  { nodeSelector, tolerations, affinity }: Fields,
  requests: Record<string, number>,
): boolean {
  const required = 'requiredDuringSchedulingIgnoredDuringExecution';
  return (
    isFields(nodeSelector) ||
    listOf(tolerations).length > 0 ||
    isFields(fieldsOf(fieldsOf(affinity).nodeAffinity)[required]) ||
    Object.values(requests).some(amount => amount > 0)
  );
}

/**
 * Sums the requests of a pod: containers run together, init containers one
 * after the other before them.
 *
 * Source: karmada-io/karmada pkg/util/resource.go (1.16).
 */
function sumRequests(podSpec: Fields): Record<string, number> {
  const total: Record<string, number> = {};
  for (const container of listOf(podSpec.containers)) {
    for (const [resource, amount] of requestsOf(container)) {
      total[resource] = (total[resource] ?? 0) + amount;
    }
  }
  for (const container of listOf(podSpec.initContainers)) {
    for (const [resource, amount] of requestsOf(container)) {
      total[resource] = Math.max(total[resource] ?? 0, amount);
    }
  }
  for (const [resource, amount] of amountsOf(podSpec.overhead)) {
    total[resource] = (total[resource] ?? 0) + amount;
  }
  return total;
}

/** A resource with a limit and no request requests its limit. */
function requestsOf(container: unknown): Array<[string, number]> {
  const { limits, requests } = fieldsOf(fieldsOf(container).resources);
  return amountsOf({ ...fieldsOf(limits), ...fieldsOf(requests) });
}

function amountsOf(value: unknown): Array<[string, number]> {
  return Object.entries(fieldsOf(value)).flatMap(
    ([resource, text]): Array<[string, number]> => {
      const quantity = parseQuantity(text);
      if (quantity === undefined) return [];
      return [
        [
          resource,
          resource === 'cpu' ? milliValueOf(quantity) : valueOf(quantity),
        ],
      ];
    },
  );
}
