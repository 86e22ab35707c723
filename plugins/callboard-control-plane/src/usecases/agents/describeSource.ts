import type { ClusterConnectionStatus } from '@callboard/plugin-callboard-common';

/** Describes the source of a cluster, and how to remove it there. */
export function describeSource(kind: ClusterConnectionStatus['kind']): {
  source: string;
  removal: string;
} {
  switch (kind) {
    case 'agent':
      return {
        source: 'joined by its agent',
        removal: 'Remove it on its page',
      };
    case 'kubeconfig':
    case 'transport':
      return {
        source: 'named in the configuration of the portal',
        removal:
          'Take it out of callboard.clusters in the configuration, and restart the portal',
      };
    case 'inventory':
      return {
        source: 'one that a hub or the catalog describes',
        removal: 'Take it off its hub, or out of the catalog',
      };
    case 'backstage':
      return {
        source: "one of Backstage's Kubernetes plugin",
        removal:
          'Take it out of callboard.kubernetes.clusters or of the Kubernetes plugin, and restart the portal',
      };
    case 'playground':
      return {
        source: 'a simulated cluster of the playground',
        removal:
          'Switch it off on its page, or the playground in the configuration (callboard.playground.enabled)',
      };
    default:
      return kind satisfies never;
  }
}
