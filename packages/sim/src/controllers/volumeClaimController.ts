import type { PersistentVolumeClaim } from '../kinds';
import { type ClusterClient, storageOf } from './ClusterClient';
import { type Controller, keyOf, splitKey } from './Controller';

/** Binds every claim at once to a volume that nobody sees: played nodes have room for all. */
export function volumeClaimController(client: ClusterClient): Controller {
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
