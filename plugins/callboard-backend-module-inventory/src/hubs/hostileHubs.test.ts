import type { KubeObject } from '@callboard/plugin-callboard-common';
import { readClusterProfiles } from './readClusterProfiles';
import { readManagedClusters } from './readManagedClusters';

const ODD = [null, 7, 'text', [], [null], {}, [{ name: 7 }], 'x'.repeat(5_000)];

const managed = (fields: object): KubeObject => ({
  apiVersion: 'cluster.open-cluster-management.io/v1',
  kind: 'ManagedCluster',
  metadata: { name: 'eu-1' },
  spec: { hubAcceptsClient: true },
  ...fields,
});

it.each(ODD)('what is odd in a ManagedCluster is left out: %j', odd => {
  const { clusters } = readManagedClusters([
    managed({
      metadata: { name: 'eu-1', labels: odd },
      spec: {
        hubAcceptsClient: true,
        taints: odd,
        managedClusterClientConfigs: odd,
      },
      status: { clusterClaims: odd },
    }),
  ]);
  expect(clusters).toHaveLength(1);
  expect(clusters[0].file.spec).toEqual({});
  expect(clusters[0].address).toBeUndefined();
});

it.each(ODD)('what is odd in a ClusterProfile is left out: %j', odd => {
  const { clusters } = readClusterProfiles(
    [
      {
        apiVersion: 'multicluster.x-k8s.io/v1alpha1',
        kind: 'ClusterProfile',
        metadata: { name: 'us-1', namespace: 'a' },
        spec: { displayName: odd === 'text' ? undefined : odd },
        status: {
          properties: odd,
          accessProviders: [odd, { name: 'fleet', cluster: odd }],
        },
      } as KubeObject,
    ],
    ['fleet'],
  );
  expect(clusters).toHaveLength(1);
  expect(clusters[0].file.spec).toEqual({});
  expect(clusters[0].address).toBeUndefined();
});

it('takes no file, no proxy and no leave to believe anyone from a ClusterProfile', () => {
  const { clusters } = readClusterProfiles(
    [
      {
        apiVersion: 'multicluster.x-k8s.io/v1alpha1',
        kind: 'ClusterProfile',
        metadata: { name: 'us-1', namespace: 'a' },
        status: {
          credentialProviders: [
            {
              name: 'fleet',
              cluster: {
                server: 'https://us-1.example.com',
                'certificate-authority': '/etc/passwd',
                'certificate-authority-data': 'Q0E=',
                'insecure-skip-tls-verify': true,
                'proxy-url': 'http://169.254.169.254',
              },
            },
          ],
        },
      } as KubeObject,
    ],
    ['other', 'fleet'],
  );
  expect(clusters[0]).toMatchObject({ provider: 'fleet' });
  expect(clusters[0].address).toEqual({
    server: 'https://us-1.example.com',
    'certificate-authority-data': 'Q0E=',
  });
});
