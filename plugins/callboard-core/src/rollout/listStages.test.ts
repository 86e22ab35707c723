import { cutIntoWaves, listStages } from './listStages';
import { readStrategy, type RolloutGroup } from './ocm';

/** `canary=b,a =c` */
function groups(text: string): RolloutGroup[] {
  return text
    .split(' ')
    .filter(Boolean)
    .map(word => {
      const [name, clusters] = word.split('=');
      return { name, clusters: clusters.split(',').filter(Boolean) };
    });
}

/** `name: waves of clusters, divided by a bar, at most so many failures` */
function brief(strategy: object, of: string): string[] {
  const read = readStrategy(strategy);
  if (!read.ok) throw new Error(read.problem.why);
  return listStages(read.value, groups(of)).map(
    stage =>
      `${stage.name}: ${cutIntoWaves(stage)
        .map(wave => wave.join(' '))
        .join(' | ')}, at most ${stage.maxFailures}`,
  );
}

const progressive = (fields: object) => ({
  type: 'Progressive',
  progressive: fields,
});
const perGroup = (fields: object) => ({
  type: 'ProgressivePerGroup',
  progressivePerGroup: fields,
});
const mandatory = (...references: object[]) => ({
  mandatoryDecisionGroups: references,
});

describe('listStages', () => {
  it.each<[string, object, string, string[]]>([
    [
      'all at once, whatever fails',
      { type: 'All' },
      'one=c,a two=b',
      [': a b c, at most 3'],
    ],
    ['nobody to roll out to', { type: 'All' }, '', []],
    [
      'in waves, by name over all groups',
      progressive({ maxConcurrency: 2, maxFailures: 1 }),
      'one=c,a,e two=b,d',
      [': a b | c d | e, at most 1'],
    ],
    [
      'percentages round up',
      progressive({ maxConcurrency: '34%', maxFailures: '10%' }),
      'one=a,b,c',
      [': a b | c, at most 1'],
    ],
    [
      'a cluster in two groups once',
      progressive({ maxConcurrency: 1 }),
      'one=a,b two=b',
      [': a | b, at most 0'],
    ],
    [
      'mandatory ones first, without a failure, by name or by index',
      progressive({
        maxConcurrency: 1,
        maxFailures: 2,
        ...mandatory({ groupName: 'three' }, { groupIndex: 1 }),
      }),
      'one=a,e two=b,c three=d',
      ['two: b c, at most 0', 'three: d, at most 0', ': a | e, at most 2'],
    ],
    [
      'a name goes before an index',
      perGroup(mandatory({ groupName: 'two', groupIndex: 0 })),
      'one=a two=b',
      ['two: b, at most 0', 'one: a, at most 0'],
    ],
    [
      'group by group, failures counted in each',
      perGroup({ maxFailures: '50%' }),
      'one=a,b,c two=d',
      ['one: a b c, at most 2', 'two: d, at most 1'],
    ],
    [
      'an empty group is no stage',
      perGroup({}),
      'one= two=a',
      ['two: a, at most 0'],
    ],
    [
      'only mandatory ones',
      progressive(mandatory({ groupName: 'one' })),
      'one=a',
      ['one: a, at most 0'],
    ],
  ])('%s', (_, strategy, given, expected) => {
    expect(brief(strategy, given)).toEqual(expected);
  });
});
