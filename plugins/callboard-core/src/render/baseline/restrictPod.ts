import type { V1Container, V1PodSpec } from '@kubernetes/client-node';
import type { AsJson } from '../../kubernetes';
import type { BaselineInput } from './types';

/** User and group of images that Callboard builds, and of most "nonroot" ones. */
const NONROOT = 65_532;

const SPREAD_OVER = ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'];

/**
 * Returns a pod under the account of its workload, spread over nodes and zones,
 * and held to the level "restricted" of the Pod Security Standards unless the
 * app opts out. The spread does not depend on the number of replicas: scaling
 * rolls no pods.
 */
export function restrictPod(
  pod: AsJson<V1PodSpec>,
  { name, selector, settings }: BaselineInput,
): AsJson<V1PodSpec> {
  const { initContainers, containers, ...rest } = pod;
  const isRestricted = settings.podSecurity !== 'baseline';
  const restrict = (container: V1Container): V1Container =>
    isRestricted
      ? {
          ...container,
          securityContext: {
            ...container.securityContext,
            capabilities: { drop: ['ALL'] },
          },
        }
      : container;
  return {
    ...rest,
    ...(initContainers && { initContainers: initContainers.map(restrict) }),
    containers: containers.map(restrict),
    serviceAccountName: name,
    automountServiceAccountToken: settings.serviceAccountToken === true,
    securityContext: {
      ...rest.securityContext,
      ...(isRestricted
        ? restrictedUser(settings.runAsUser ?? NONROOT)
        : settings.runAsUser !== undefined && {
            runAsUser: settings.runAsUser,
          }),
    },
    topologySpreadConstraints: SPREAD_OVER.map(topologyKey => ({
      topologyKey,
      maxSkew: 1,
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: selector },
    })),
  };
}

/** Most images name no user and would be refused as root; volumes belong to the group, so that they are writable. */
function restrictedUser(user: number): V1PodSpec['securityContext'] {
  return {
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: user,
    fsGroup: user,
    fsGroupChangePolicy: 'OnRootMismatch',
  };
}
