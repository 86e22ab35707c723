import type { V1PodSecurityContext } from '@kubernetes/client-node';

/** Security context of a container, as required in namespaces of apps: not all operators set it themselves. */
export const RESTRICTED_CONTAINER = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
};

/** Returns the security context of a pod whose image runs as this user, which also owns its volumes. */
export function restrictedPod(uid: number): V1PodSecurityContext {
  return {
    fsGroup: uid,
    runAsGroup: uid,
    runAsNonRoot: true,
    runAsUser: uid,
    seccompProfile: { type: 'RuntimeDefault' },
  };
}
