import type { V1PodSecurityContext } from '@kubernetes/client-node';

/** Of a container, as namespaces of apps demand it: operators do not all say it by themselves. */
export const RESTRICTED_CONTAINER = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
};

/** Of a pod whose image runs as this user, to whom its volumes belong as well. */
export function restrictedPod(uid: number): V1PodSecurityContext {
  return {
    fsGroup: uid,
    runAsGroup: uid,
    runAsNonRoot: true,
    runAsUser: uid,
    seccompProfile: { type: 'RuntimeDefault' },
  };
}
