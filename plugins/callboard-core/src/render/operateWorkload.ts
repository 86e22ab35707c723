import {
  ANNOTATIONS,
  type KubeObject,
  isRecord,
} from '@callboard/plugin-callboard-common';

/** How an environment of an app is operated, beside its release. */
export interface WorkloadOperation {
  /** No instance is to run. */
  isStopped: boolean;
  /** Number of the change that restarted its instances last. */
  restart?: number;
}

const STOPPED_NODES = { 'callboard.dev/stopped': 'true' }; // no node has this label: a DaemonSet has no number of replicas
const KEEPERS = ['Deployment', 'StatefulSet', 'DaemonSet'];

/**
 * Returns the objects of a workload as they are operated. A stopped workload is
 * scaled down in place, so that its data, addresses and rights stay; objects
 * that would scale it up again are left out. A restart is an annotation of its
 * pods: Kubernetes replaces them as it does for a release. Tasks are not
 * changed, as they belong to a release. Pure.
 */
export function operateWorkload(
  objects: readonly KubeObject[],
  { isStopped, restart }: WorkloadOperation,
): KubeObject[] {
  return objects
    .filter(({ kind }) => !(isStopped && kind === 'HorizontalPodAutoscaler'))
    .map(object => (restart === undefined ? object : marked(object, restart)))
    .map(object => (isStopped ? stopped(object) : object));
}

function stopped(object: KubeObject): KubeObject {
  const { kind, spec } = object;
  if (!isRecord(spec)) return object;
  switch (kind) {
    case 'Deployment':
    case 'StatefulSet':
      return { ...object, spec: { ...spec, replicas: 0 } };
    case 'CronJob':
      return { ...object, spec: { ...spec, suspend: true } };
    case 'DaemonSet': {
      const template = recordOf(spec.template);
      const pod = recordOf(template.spec);
      const nodes = recordOf(pod.nodeSelector);
      return {
        ...object,
        spec: {
          ...spec,
          template: {
            ...template,
            spec: { ...pod, nodeSelector: { ...nodes, ...STOPPED_NODES } },
          },
        },
      };
    }
    default:
      return object;
  }
}

function marked(object: KubeObject, restart: number): KubeObject {
  const { kind, spec } = object;
  if (!KEEPERS.includes(kind) || !isRecord(spec)) return object;
  const template = recordOf(spec.template);
  const metadata = recordOf(template.metadata);
  return {
    ...object,
    spec: {
      ...spec,
      template: {
        ...template,
        metadata: {
          ...metadata,
          annotations: {
            ...recordOf(metadata.annotations),
            [ANNOTATIONS.restart]: String(restart),
          },
        },
      },
    },
  };
}

function recordOf(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}
