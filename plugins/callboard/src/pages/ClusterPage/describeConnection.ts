import type { ClusterConnectionStatus } from '@callboard/plugin-callboard-common';

/** Short description of the connection between the portal and a cluster. */
export function describeConnection({
  kind,
}: Pick<ClusterConnectionStatus, 'kind'>): string {
  switch (kind) {
    case 'agent':
      return 'by its agent';
    case 'kubeconfig':
      return 'by kubeconfig';
    case 'transport':
      return 'by a transport of a module';
    case 'inventory':
      return 'by its inventory';
    case 'backstage':
      return "by Backstage's Kubernetes plugin";
    case 'playground':
      return 'simulated';
    default:
      return kind satisfies never;
  }
}
