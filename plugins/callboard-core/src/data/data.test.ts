import type { ScoreWorkload } from '@callboard/plugin-callboard-common';
import {
  hashOf,
  nameObjects,
  shortenObjectName,
} from '../render/resources/nameObjects';
import {
  commandToDelete,
  commandToDeleteOnly,
  describeData,
  describeKept,
  describeUnasked,
  findData,
  mayHoldData,
} from '.';

const resources: NonNullable<ScoreWorkload['resources']> = {
  db: { type: 'postgres' },
  queue: { type: 'amqp' },
  orders: { type: 'kafka-topic' },
  'stock-of-all-warehouses': { type: 'mysql' },
  files: { type: 'volume' },
  scratch: { type: 'volume', params: { ephemeral: true } },
  env: { type: 'environment' },
};
const WEB: ScoreWorkload = {
  apiVersion: 'score.dev/v1b1',
  metadata: { name: 'web' },
  containers: { main: { image: '.' } },
  resources,
};
const objectOf = (name: string) => nameObjects('web', name, resources[name]);
const named = (inventory: string[]) =>
  findData([WEB], inventory).map(({ name, type }) => `${name} (${type})`);

describe('data of an app on a cluster', () => {
  it.each([
    {
      name: 'no objects',
      inventory: [],
      expected: [],
    },
    {
      name: 'objects that keep nothing',
      inventory: [
        'apps/v1/Deployment/shop--dev/web',
        `networking.k8s.io/v1/NetworkPolicy/shop--dev/${objectOf('db')}`,
        `v1/Service/shop--dev/${objectOf('db')}`,
      ],
      expected: [],
    },
    {
      name: 'the stateful set of a server',
      inventory: [`apps/v1/StatefulSet/shop--dev/${objectOf('db')}`],
      expected: ['db (postgres)'],
    },
    {
      name: 'what an operator makes of a resource',
      inventory: [
        `postgresql.cnpg.io/v1/Cluster/shop--dev/${objectOf('db')}`,
        `rabbitmq.com/v1beta1/RabbitmqCluster/shop--dev/${objectOf('queue')}`,
      ],
      expected: ['db (postgres)', 'queue (amqp)'],
    },
    {
      name: 'the name that an operator with short ones has for it',
      inventory: [
        `pxc.percona.com/v1/PerconaXtraDBCluster/shop--dev/${shortenObjectName(
          objectOf('stock-of-all-warehouses'),
          22,
        )}`,
      ],
      expected: ['stock-of-all-warehouses (mysql)'],
    },
    {
      name: 'a claim of its own',
      inventory: [
        `v1/PersistentVolumeClaim/shop--dev/${objectOf('queue')}-data`,
      ],
      expected: ['queue (amqp)'],
    },
    {
      name: 'instances that keep their volumes, and of them no ephemeral one',
      inventory: ['apps/v1/StatefulSet/shop--dev/web'],
      expected: ['files (volume)'],
    },
    {
      name: 'another workload, which it does not ask for',
      inventory: ['apps/v1/StatefulSet/shop--dev/api'],
      expected: [],
    },
  ])('is known from $name', ({ inventory, expected }) => {
    expect(named(inventory)).toEqual(expected);
    expect(expected.length === 0 || mayHoldData(inventory)).toBe(true);
  });

  it('is looked for only where there may be any', () => {
    expect(mayHoldData(['apps/v1/Deployment/shop--dev/web'])).toBe(false);
  });

  const of = {
    app: 'shop',
    environment: 'prod',
    cluster: 'eu-1',
    resources: [
      { name: 'db', type: 'postgres' },
      { name: 'files', type: 'volume' },
    ],
    to: ['us-1', 'ap-1'],
    isClusterGone: false,
  };

  it.each([
    {
      name: 'the app moves',
      given: of,
      expected:
        'The data of db (postgres) and files (volume) stays on eu-1 and is not copied: us-1 and ap-1 begin without it. Bring it by a dump and a restore, or let shop come back to eu-1, where it finds it again',
    },
    {
      name: 'nothing takes its place',
      given: { ...of, to: [] },
      expected:
        'The data of db (postgres) and files (volume) stays on eu-1 and is not copied. Bring it by a dump and a restore, or let shop come back to eu-1, where it finds it again',
    },
    {
      name: 'the cluster is gone',
      given: { ...of, to: ['us-1'], isClusterGone: true },
      expected:
        'The data of db (postgres) and files (volume) stays on eu-1 and is not copied: us-1 begins without it. Callboard does not reach it there any more: bring it by a dump and a restore before',
    },
  ])('is told of where $name', ({ given, expected }) => {
    expect(describeData(given)).toBe(expected);
  });

  it.each([
    {
      name: 'stays',
      is: { isDeleted: false, isClusterGone: false },
      expected:
        'The data of db (postgres) and files (volume) stays on eu-1, where shop does not run any more. Where shop comes back to eu-1, it finds it again',
    },
    {
      name: 'is out of reach',
      is: { isDeleted: false, isClusterGone: true },
      expected:
        'The data of db (postgres) and files (volume) stays on eu-1, which is not registered any more. Callboard does not reach it until eu-1 is registered again',
    },
    {
      name: 'is being deleted',
      is: { isDeleted: true, isClusterGone: false },
      expected:
        'The data of db (postgres) and files (volume) on eu-1 is being deleted',
    },
    {
      name: 'is to be deleted, and out of reach',
      is: { isDeleted: true, isClusterGone: true },
      expected:
        'The data of db (postgres) and files (volume) on eu-1, which is not registered any more, is deleted once eu-1 is registered again',
    },
  ])('$name once its app has left', ({ is, expected }) => {
    expect(describeKept({ ...of, ...is })).toBe(expected);
  });

  it('is deleted by name', () => {
    expect(commandToDelete(of)).toBe(
      'kubectl --context eu-1 delete namespace shop--prod',
    );
  });

  it('is told of where a release asks for it no more', () => {
    expect(describeUnasked({ ...of, release: 7 })).toBe(
      'The data of db (postgres) and files (volume) stays on eu-1: release 7 does not ask for it. A release that asks for it again finds it there',
    );
    const held = findData(
      [WEB],
      [
        'apps/v1/StatefulSet/shop--prod/web',
        `postgresql.cnpg.io/v1/Cluster/shop--prod/${objectOf('db')}`,
      ],
    );
    const kubectl = 'kubectl --context eu-1 --namespace shop--prod delete';
    expect(commandToDeleteOnly(of, held)).toBe(
      `${kubectl} cluster.postgresql.cnpg.io/${objectOf(
        'db',
      )} && ${kubectl} persistentvolumeclaims --selector 'callboard.dev/resource in (${objectOf(
        'files',
      )})'`,
    );
  });

  it('is deleted with all that an operator keeps it in, and the claims that it would leave', () => {
    const orders = objectOf('orders');
    const stock = shortenObjectName(objectOf('stock-of-all-warehouses'), 22);
    const held = findData(
      [WEB],
      [
        `kafka.strimzi.io/v1/KafkaTopic/shop--prod/${orders}`,
        `kafka.strimzi.io/v1/KafkaNodePool/shop--prod/b-${hashOf(orders)}`,
        `kafka.strimzi.io/v1/Kafka/shop--prod/${orders}`,
        `pxc.percona.com/v1/PerconaXtraDBCluster/shop--prod/${stock}`,
      ],
    );
    const kubectl = 'kubectl --context eu-1 --namespace shop--prod delete';
    expect(commandToDeleteOnly(of, held)).toBe(
      `${kubectl} kafka.kafka.strimzi.io/${orders} kafkanodepool.kafka.strimzi.io/b-${hashOf(
        orders,
      )} kafkatopic.kafka.strimzi.io/${orders} perconaxtradbcluster.pxc.percona.com/${stock} && ${kubectl} persistentvolumeclaims --selector 'app.kubernetes.io/instance in (${stock})'`,
    );
  });
});
