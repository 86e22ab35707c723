import type {
  PlacementSpec,
  PrioritizerConfig,
} from '@callboard/plugin-callboard-common';
import { weighPrioritizers } from './weighPrioritizers';

/** `name weight` of what counts, or why nothing does. */
function weigh(
  prioritizerPolicy: PlacementSpec['prioritizerPolicy'],
): string[] | string {
  const weighing = weighPrioritizers({ prioritizerPolicy });
  return weighing.kind === 'misconfigured'
    ? weighing.why
    : weighing.prioritizers.map(({ name, weight }) => `${name} ${weight}`);
}

const builtIn = (name?: string, weight?: number): PrioritizerConfig => ({
  scoreCoordinate: { type: 'BuiltIn', builtIn: name },
  ...(weight !== undefined && { weight }),
});
const addOn = (
  names: { resourceName?: string; scoreName?: string } | undefined,
  weight?: number,
) =>
  ({
    scoreCoordinate: { type: 'AddOn', addOn: names },
    ...(weight !== undefined && { weight }),
  } as PrioritizerConfig);
const latency = { resourceName: 'net', scoreName: 'latency' };

const KNOWN =
  'there are Balance, Steady, ResourceAllocatableCPU, ResourceAllocatableMemory';

describe('weighPrioritizers', () => {
  it.each<
    [string, PlacementSpec['prioritizerPolicy'], ReturnType<typeof weigh>]
  >([
    ['nothing said', undefined, ['Balance 1', 'Steady 1']],
    ['an empty policy', {}, ['Balance 1', 'Steady 1']],
    [
      'additive',
      { mode: 'Additive', configurations: [builtIn('ResourceAllocatableCPU')] },
      ['Balance 1', 'Steady 1', 'ResourceAllocatableCPU 1'],
    ],
    ['exact and empty', { mode: 'Exact' }, []],
    [
      'exact',
      {
        mode: 'Exact',
        configurations: [builtIn('ResourceAllocatableMemory', -3)],
      },
      ['ResourceAllocatableMemory -3'],
    ],
    [
      'a default taken away',
      { configurations: [builtIn('Steady', 0)] },
      ['Balance 1'],
    ],
    [
      'a built-in named twice counts as named last',
      {
        mode: 'Exact',
        configurations: [builtIn('Balance', 2), builtIn('Balance', 5)],
      },
      ['Balance 5'],
    ],
    [
      'an add-on named twice counts twice',
      { mode: 'Exact', configurations: [addOn(latency, 2), addOn(latency)] },
      ['AddOn/net/latency 2', 'AddOn/net/latency 1'],
    ],
    [
      'an add-on without names',
      { mode: 'Exact', configurations: [addOn({})] },
      ['AddOn// 1'],
    ],
    [
      'no type is built-in',
      {
        mode: 'Exact',
        configurations: [
          {
            scoreCoordinate: { builtIn: 'Balance' },
          } as PrioritizerConfig,
        ],
      },
      ['Balance 1'],
    ],
    [
      'what weighs nothing is not looked at',
      {
        mode: 'Exact',
        configurations: [builtIn('Fastest', 0), addOn(undefined, 0)],
      },
      [],
    ],
    [
      'a mode nobody knows',
      { mode: 'Best' as 'Exact' },
      '"Best" is not a mode of prioritizers; it can be Additive or Exact',
    ],
    [
      'no coordinate',
      { configurations: [{ weight: 1 } as PrioritizerConfig] },
      'A prioritizer needs a scoreCoordinate',
    ],
    [
      'a name nobody knows',
      { configurations: [builtIn('Fastest')] },
      `"Fastest" is not a built-in prioritizer; ${KNOWN}`,
    ],
    [
      'a name of every object',
      { configurations: [builtIn('toString')] },
      `"toString" is not a built-in prioritizer; ${KNOWN}`,
    ],
    [
      'no name',
      { configurations: [builtIn()] },
      `"" is not a built-in prioritizer; ${KNOWN}`,
    ],
    [
      'an add-on that is not named',
      { configurations: [addOn(undefined)] },
      'A prioritizer of an add-on needs addOn with resourceName and scoreName',
    ],
  ])('%s', (_, policy, expected) => {
    expect(weigh(policy)).toEqual(expected);
  });
});
