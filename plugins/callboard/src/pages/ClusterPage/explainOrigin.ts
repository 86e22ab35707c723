import type { ClusterConnectionStatus } from '@callboard/plugin-callboard-common';

/** Why a cluster cannot be removed on its page, with the alternative; undefined for one that can. */
export function explainOrigin(
  kind: ClusterConnectionStatus['kind'],
): { why: string; next: string } | undefined {
  switch (kind) {
    case 'agent':
      return undefined;
    case 'kubeconfig':
    case 'transport':
      return {
        why: "It is named in the portal's configuration, which would bring it back.",
        next: 'Drain it, take it out of callboard.clusters, and restart the portal.',
      };
    case 'inventory':
      return {
        why: 'A hub or the catalog describes it, which would bring it back.',
        next: 'Drain it, and take it off its hub or out of the catalog.',
      };
    case 'backstage':
      return {
        why: "Backstage's Kubernetes plugin has it, which would bring it back.",
        next: 'Drain it, and take it out of callboard.kubernetes.clusters or of the Kubernetes plugin.',
      };
    case 'playground':
      return {
        why: 'It is simulated by the playground, which would bring it back.',
        next: 'Switch it off on the fleet page, or set callboard.playground.enabled to false and restart the portal.',
      };
    default:
      return kind satisfies never;
  }
}
