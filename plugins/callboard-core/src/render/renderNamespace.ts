import type { V1Namespace } from '@kubernetes/client-node';
import type { AppFile, GuardRails } from '@callboard/plugin-callboard-common';
import type { Manifest } from '../kubernetes';
import { sortKeys } from './canonicalJson';
import { environmentLabels } from './labels';
import { namespaceOf } from './namespaceOf';
import { hasBaseline } from './renderers';

/**
 * Renders the namespace of an app's environment. It enforces the level
 * "restricted" of the Pod Security Standards: no root, no capability. Where a
 * workload opts out of it, and for releases without the baseline, the level
 * "baseline": no host network, no privileged container, no path of the host.
 * Guard rails of the cluster with "restricted" take precedence over both.
 */
export function renderNamespace(of: {
  app: string;
  environment: string;
  /** Version of the renderer. */
  renderer: number;
  /** Settings of its workloads in app.yaml. */
  deploy?: AppFile['spec']['deploy'];
  /** Guard rails of the cluster. */
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
