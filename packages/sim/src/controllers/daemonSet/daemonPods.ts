import { canonicalText } from '../../json';
import type { DaemonSet, Node, Pod, PodSpec, Toleration } from '../../kinds';
import { TEMPLATE_GENERATION } from '../../kinds/daemonSet';
import { hashText } from '../../random';
import { isTolerated, isNodeReady, matchesNode } from '../nodeFit';
import { controllerReference } from '../owners';

export const HASH_LABEL = 'controller-revision-hash';

/** What is wrong with a node is no reason to take what looks after it away. Source: kubernetes pkg/controller/daemon/util. */
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

/** Whether a node is to have a pod of the set. */
export function wantsPod({ spec }: DaemonSet, node: Node): boolean {
  const { nodeSelector, affinity } = spec.template.spec;
  return (
    isNodeReady(node) &&
    matchesNode({ nodeSelector, affinity }, node) &&
    hasNoTaint(spec.template.spec, node, ['NoSchedule', 'NoExecute'])
  );
}

/** Whether one that has a pod may keep it: a node that became unfit for new ones keeps what runs. */
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

/** A pod that only one node takes. */
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

/** The node that a pod runs on, or is for. */
export function nodeOf({ spec }: Pod): string | undefined {
  const [term] =
    spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
      ?.nodeSelectorTerms ?? [];
  return spec.nodeName ?? term?.matchFields?.[0]?.values?.[0];
}
