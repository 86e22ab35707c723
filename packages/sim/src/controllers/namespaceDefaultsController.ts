import type { ClusterClient } from './ClusterClient';
import { storageOf } from './ClusterClient';
import { type Controller, splitKey } from './Controller';

const CA_NOTE =
  'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.';
/** The simulator serves plain HTTP and has no certificate authority; the bundle says so. */
const NO_CA = '# this cluster is simulated and has no certificate authority\n';

/** Creates the `default` service account and the CA bundle of every namespace, again after their deletion. */
export function namespaceDefaultsController(client: ClusterClient): Controller {
  const storages = [
    storageOf('Namespace'),
    storageOf('ServiceAccount'),
    storageOf('ConfigMap'),
  ];
  return {
    name: 'namespace-defaults',
    keysOf({ storage, object, type }) {
      if (storage === storages[0]) return [`/${object.metadata.name}`];
      return storages.includes(storage) && type === 'DELETED'
        ? [`/${object.metadata.namespace}`]
        : [];
    },
    reconcile(key) {
      const { name: namespace } = splitKey(key);
      const holder = client.get('Namespace', undefined, namespace);
      if (
        holder === undefined ||
        holder.metadata.deletionTimestamp !== undefined
      )
        return undefined;
      if (client.get('ServiceAccount', namespace, 'default') === undefined) {
        client.create('ServiceAccount', {
          metadata: { name: 'default', namespace },
        });
      }
      if (
        client.get('ConfigMap', namespace, 'kube-root-ca.crt') === undefined
      ) {
        const metadata = {
          name: 'kube-root-ca.crt',
          namespace,
          annotations: { 'kubernetes.io/description': CA_NOTE },
        };
        client.create('ConfigMap', { metadata, data: { 'ca.crt': NO_CA } });
      }
      return undefined;
    },
  };
}
