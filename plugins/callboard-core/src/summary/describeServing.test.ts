import { describeServing } from './describeServing';

const on = (cluster: string, release?: number) => ({
  cluster,
  ...(release !== undefined && { serving: { release, ready: 1 } }),
});

describe('describeServing', () => {
  it.each<[string, Parameters<typeof describeServing>[0], string | undefined]>([
    ['nothing answers', [on('eu-1')], undefined],
    ['nowhere', [], undefined],
    ['on the only cluster', [on('eu-1', 2)], 'release 2 still answers'],
    [
      'on all of them',
      [on('eu-1', 2), on('us-1', 2)],
      'release 2 still answers',
    ],
    [
      'on some of them',
      [on('us-1', 2), on('eu-1', 2), on('ap-1')],
      'release 2 still answers on eu-1 and us-1',
    ],
    [
      'two older ones, the newer first',
      [on('eu-1', 2), on('us-1', 4)],
      'release 4 still answers on us-1, release 2 still answers on eu-1',
    ],
  ])('%s', (_, clusters, expected) => {
    expect(describeServing(clusters)).toBe(expected);
  });
});
