import { assessHealth } from '../assessHealth';

/** What operators that resources are given by write of a database, from its first minute on. */
describe('the health of a resource by an operator', () => {
  const MONGODB = 'psmdb.percona.com/v1 PerconaServerMongoDB';
  const MYSQL = 'pxc.percona.com/v1 PerconaXtraDBCluster';
  const REDIS = 'redis.redis.opstreelabs.in/v1beta2 Redis';
  const TOPIC = 'kafka.strimzi.io/v1 KafkaTopic';
  const KAFKA = 'kafka.strimzi.io/v1 Kafka';
  const condition = (type: string, reason: string) => ({
    conditions: [{ type, status: 'True', reason }],
  });

  it.each([
    [
      MONGODB,
      'no instance of it runs yet',
      {
        state: 'error',
        message:
          'Error: handleReplsetInit: no mongod containers in running state',
      },
      'Progressing',
    ],
    [MONGODB, 'it starts', { state: 'initializing' }, 'Progressing'],
    [MONGODB, 'it is there', { state: 'ready' }, 'Healthy'],
    [
      MONGODB,
      'it fails',
      { state: 'error', message: 'Error: reconcile users' },
      'Degraded',
    ],
    [MYSQL, 'it starts', { state: 'initializing' }, 'Progressing'],
    [MYSQL, 'it is there', { state: 'ready' }, 'Healthy'],
    [
      MYSQL,
      'nothing of it was seen yet',
      { state: 'error', pxc: {} },
      'Progressing',
    ],
    [
      MYSQL,
      'it fails',
      { state: 'error', pxc: { status: 'error' } },
      'Degraded',
    ],
    [REDIS, 'nobody looked at it', {}, 'Progressing'],
    [REDIS, 'it starts', { state: 'Initializing' }, 'Progressing'],
    [REDIS, 'it is there', { state: 'Ready' }, 'Healthy'],
    [REDIS, 'it fails', { state: 'Failed' }, 'Degraded'],
    [KAFKA, 'it starts', condition('NotReady', 'Creating'), 'Progressing'],
    [KAFKA, 'it is there', condition('Ready', ''), 'Healthy'],
    [
      KAFKA,
      'it fails',
      condition('NotReady', 'InvalidResourceException'),
      'Degraded',
    ],
    [TOPIC, 'nobody looked at it', {}, 'Progressing'],
    [TOPIC, 'it is there', condition('Ready', ''), 'Healthy'],
  ])('of %s, where %s', (kind, _, status, expected) => {
    const [apiVersion, name] = kind.split(' ');
    const health = assessHealth({
      apiVersion,
      kind: name,
      metadata: { name: 'ours' },
      status,
    });
    expect(health?.status).toBe(expected);
  });
});
