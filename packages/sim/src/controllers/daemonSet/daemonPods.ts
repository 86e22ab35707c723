import { canonicalText } from '../../json';
import type { DaemonSet, Node, Pod, PodSpec, Toleration } from '../../kinds';
import { TEMPLATE_GENERATION } from '../../kinds/daemonSet';
import { hashText } from '../../random';
import { isTolerated, isNodeReady, matchesNode } from '../nodeFit';
import { controllerReference } from '../owners';

export const HASH_LABEL = 'controller-revision-hash';

/** Daemon pods stay on nodes with these conditions. Source: kubernetes pkg/controller/daemon/util. */
const TOLERATED: readonly Toleration[] = [
  ['not-ready', 'NoExecute'],
  ['unreachable', 'NoExecute'],
  ['disk-pressure', 'NoSchedule'],
  ['memory-pressure', 'NoSchedule'],
  ['pid-pressure', 'NoSchedule'],
  ['unschedulable', 'NoSchedule'],
].map(([condition, effect]) => ({
  key: `node.kubernetes.io/${condition}`,
  operator: 'Exists',
  effect,
}));

/** True when a pod of the set should run on the node. */
export function wantsPod({ spec }: DaemonSet, node: Node): boolean {
  const { nodeSelector, affinity } = spec.template.spec;
  return (
    isNodeReady(node) &&
    matchesNode({ nodeSelector, affinity }, node) &&
    hasNoTaint(spec.template.spec, node, ['NoSchedule', 'NoExecute'])
  );
}

/** True when an existing pod may stay: a node that no longer accepts new pods keeps those that run. */
export function keepsPod({ spec }: DaemonSet, node: Node): boolean {
  const { nodeSelector, affinity } = spec.template.spec;
  return (
    matchesNode({ nodeSelector, affinity }, node) &&
    hasNoTaint(spec.template.spec, node, ['NoExecute'])
  );
}

function hasNoTaint(
  spec: PodSpec,
  { spec: { taints = [] } }: Node,
  effects: readonly string[],
): boolean {
  return taints
    .filter(({ effect }) => effects.includes(effect))
    .every(taint => isTolerated(taint, tolerationsOf(spec)));
}

function tolerationsOf({ tolerations = [] }: PodSpec): Toleration[] {
  return [...tolerations, ...TOLERATED];
}

export function revisionOf({ spec }: DaemonSet): string {
  return hashText(canonicalText(spec.template)).toString(36);
}

/** Returns a pod that can be scheduled to this node only. */
export function podFor(
  set: DaemonSet,
  node: Node,
): Omit<Pod, 'apiVersion' | 'kind'> {
  const { metadata, spec } = set.spec.template;
  return {
    metadata: {
      ...metadata,
      name: '',
      generateName: `${set.metadata.name}-`,
      namespace: set.metadata.namespace,
      labels: {
        ...metadata?.labels,
        [HASH_LABEL]: revisionOf(set),
        'pod-template-generation':
          set.metadata.annotations?.[TEMPLATE_GENERATION] ?? '1',
      },
      ownerReferences: [controllerReference(set)],
    },
    spec: {
      ...spec,
      affinity: {
        ...spec.affinity,
        nodeAffinity: {
          ...spec.affinity?.nodeAffinity,
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              {
                matchFields: [
                  {
                    key: 'metadata.name',
                    operator: 'In',
                    values: [node.metadata.name],
                  },
                ],
              },
            ],
          },
        },
      },
      tolerations: tolerationsOf(spec),
    },
    status: { phase: 'Pending' },
  };
}

/** Returns the name of the node that a pod runs on, or is to run on. */
export function nodeOf({ spec }: Pod): string | undefined {
  const [term] =
    spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
      ?.nodeSelectorTerms ?? [];
  return spec.nodeName ?? term?.matchFields?.[0]?.values?.[0];
}
