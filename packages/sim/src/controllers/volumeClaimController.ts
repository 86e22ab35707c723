import type { PersistentVolumeClaim } from '../kinds';
import { type ClusterClient, storageOf } from './ClusterClient';
import { type Controller, keyOf, splitKey } from './Controller';

/** Keeps the data of claims on this machine. */
export interface VolumeHost {
  /**
   * Reports that only the claim of this uid, or none, is left of this name:
   * data of earlier claims of the name may be deleted.
   */
  keep(claim: {
    cluster: string;
    namespace: string;
    name: string;
    uid: string | undefined;
  }): void;
}

/**
 * Binds every claim at once to a volume without an object: simulated nodes have
 * unlimited space. Reports the existing claims to the volume host.
 */
export function volumeClaimController(
  client: ClusterClient,
  { cluster, host }: { cluster: string; host: VolumeHost | undefined },
): Controller {
  const claims = storageOf('PersistentVolumeClaim');
  return {
    name: 'persistentvolume-binder',
    keysOf: ({ storage, object }) =>
      storage === claims ? [keyOf(object.metadata)] : [],
    reconcile(key) {
      const { namespace, name } = splitKey(key);
      const claim = client.get<PersistentVolumeClaim>(
        'PersistentVolumeClaim',
        namespace,
        name,
      );
      const uid = claim?.metadata.uid;
      host?.keep({ cluster, namespace, name, uid });
      if (claim === undefined || claim.status?.phase === 'Bound')
        return undefined;
      const bound =
        claim.spec.volumeName === undefined
          ? client.update(claim, draft => {
              draft.spec.volumeName = `pvc-${claim.metadata.uid}`;
            })
          : claim;
      client.updateStatus(bound, {
        accessModes: claim.spec.accessModes,
        capacity: claim.spec.resources?.requests,
        phase: 'Bound',
      });
      return undefined;
    },
  };
}
