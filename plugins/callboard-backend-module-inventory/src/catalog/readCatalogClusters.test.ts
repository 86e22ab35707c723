import { readCatalogClusters } from './readCatalogClusters';

const resource = (name: string, extra: object = {}) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: { name, ...extra },
  spec: { type: 'kubernetes-cluster', owner: 'group:default/platform' },
});

it('carries over labels, claims, set, owner and address', () => {
  const { clusters, complaints } = readCatalogClusters([
    resource('eu-1', {
      title: 'Frankfurt',
      labels: { region: 'eu' },
      annotations: {
        'kubernetes.io/api-server': 'https://eu-1.example.com',
        'kubernetes.io/api-server-certificate-authority': 'Q0E=',
        'claims.callboard.dev/supplier': 'aws',
        'callboard.dev/cluster-set': 'prod',
      },
    }),
  ]);
  expect(complaints).toEqual([]);
  expect(clusters).toEqual([
    {
      file: {
        apiVersion: 'callboard.dev/v1alpha1',
        kind: 'Cluster',
        metadata: {
          name: 'eu-1',
          title: 'Frankfurt',
          labels: { region: 'eu' },
        },
        spec: {
          claims: { supplier: 'aws' },
          clusterSet: 'prod',
          owner: 'group:default/platform',
        },
      },
      address: {
        server: 'https://eu-1.example.com',
        'certificate-authority-data': 'Q0E=',
      },
    },
  ]);
});

it('leaves out those that Callboard puts there itself, twins, and names that no cluster has', () => {
  const { clusters, complaints } = readCatalogClusters([
    resource('own', { annotations: { 'callboard.dev/cluster': 'own' } }),
    resource('eu-1', { namespace: 'default' }),
    resource('eu-1', { namespace: 'other' }),
    resource('Eu_2'),
  ]);
  expect(clusters.map(({ file }) => file.metadata.name)).toEqual(['eu-1']);
  expect(complaints).toEqual([
    'Resource "eu-1" is left out: another one has its name',
    'Resource "Eu_2" is left out: it contains the capital letter "E"',
  ]);
});
