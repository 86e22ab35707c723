import type { PersistentVolumeClaim } from '../kinds';
import { type ClusterClient, storageOf } from './ClusterClient';
import { type Controller, keyOf, splitKey } from './Controller';

/** Keeps what is written to claims on this machine. */
export interface VolumeHost {
  /** Only the claim of this uid is left of this name, or none: what others of the name held is nobody's any more. */
  keep(claim: {
    cluster: string;
    namespace: string;
    name: string;
    uid: string | undefined;
  }): void;
}

/**
 * Binds every claim at once to a volume that is no object: played nodes have room
 * for all. Tells what keeps the data which claims there are.
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
