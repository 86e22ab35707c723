import type { ClusterFile } from '@callboard/plugin-callboard-common';

/** One node of a simulated cluster; quantities as in Kubernetes. */
export interface SimulatedNode {
  name: string;
  labels: Record<string, string>;
  cpu: string;
  memory: string;
  pods: number;
}

const SIZES: Record<
  string,
  { nodes: number; cpu: string; memory: string; pods: number }
> = {
  edge: { nodes: 1, cpu: '4', memory: '8Gi', pods: 30 },
  small: { nodes: 2, cpu: '4', memory: '16Gi', pods: 110 },
  medium: { nodes: 3, cpu: '8', memory: '32Gi', pods: 110 },
  large: { nodes: 6, cpu: '16', memory: '64Gi', pods: 110 },
};

/** Returns the nodes of a simulated cluster, chosen by its label `size`. */
export function clusterNodes({ metadata, spec }: ClusterFile): SimulatedNode[] {
  const size = SIZES[metadata.labels?.size ?? 'medium'] ?? SIZES.medium;
  const region = metadata.labels?.region ?? spec.claims?.region;
  return Array.from({ length: size.nodes }, (_, index) => ({
    name: `${metadata.name}-node-${index + 1}`,
    labels: {
      'kubernetes.io/os': 'linux',
      'kubernetes.io/arch': 'amd64',
      ...(region
        ? {
            'topology.kubernetes.io/region': region,
            'topology.kubernetes.io/zone': `${region}-${String.fromCharCode(
              97 + (index % 3),
            )}`,
          }
        : {}),
    },
    cpu: size.cpu,
    memory: size.memory,
    pods: size.pods,
  }));
}
