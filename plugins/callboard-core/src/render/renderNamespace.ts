import type { V1Namespace } from '@kubernetes/client-node';
import type { AppFile, GuardRails } from '@callboard/plugin-callboard-common';
import type { Manifest } from '../kubernetes';
import { sortKeys } from './canonicalJson';
import { environmentLabels } from './labels';
import { namespaceOf } from './namespaceOf';
import { hasBaseline } from './renderers';

/**
 * The namespace of an app's environment. Its pods are held to the "restricted"
 * of the Pod Security Standards: no root, no capability. Where a workload says
 * that it cannot be held to that, and in releases of before, to the "baseline":
 * no host network, no privileged container, no path of the host. Guard rails of
 * the cluster that say "restricted" go before both.
 */
export function renderNamespace(of: {
  app: string;
  environment: string;
  /** Version of the renderer. */
  renderer: number;
  /** What app.yaml says of its workloads. */
  deploy?: AppFile['spec']['deploy'];
  /** What the cluster holds apps to. */
  guardRails?: GuardRails;
}): Manifest<V1Namespace> {
  const isRestricted =
    of.guardRails?.podSecurity === 'restricted' ||
    (hasBaseline(of.renderer) &&
      Object.values(of.deploy ?? {}).every(
        ({ podSecurity }) => podSecurity !== 'baseline',
      ));
  return sortKeys({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: namespaceOf(of.app, of.environment),
      labels: {
        ...environmentLabels(of),
        'pod-security.kubernetes.io/enforce': isRestricted
          ? 'restricted'
          : 'baseline',
      },
    },
  });
}
