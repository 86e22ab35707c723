import { changeOf, WHAT_IF_ADDRESS } from './whatIfAddress';

describe('changeOf', () => {
  it.each([
    { given: {}, expected: undefined },
    { given: { ask: 'drain' }, expected: undefined },
    {
      given: { ask: 'drain', on: 'eu-1' },
      expected: { kind: 'drain', cluster: 'eu-1' },
    },
    {
      given: { ask: 'lose', on: 'eu-1' },
      expected: { kind: 'lose', cluster: 'eu-1' },
    },
    { given: { ask: 'label', on: 'eu-1' }, expected: undefined },
    {
      given: { ask: 'label', on: 'eu-1', label: 'region' },
      expected: { kind: 'label', cluster: 'eu-1', key: 'region' },
    },
    {
      given: { ask: 'label', on: 'eu-1', label: 'region=us=2' },
      expected: {
        kind: 'label',
        cluster: 'eu-1',
        key: 'region',
        value: 'us=2',
      },
    },
    {
      given: { ask: 'blueprint', on: 'eu-1', blueprint: 'pci@2' },
      expected: { kind: 'blueprint', cluster: 'eu-1', name: 'pci', version: 2 },
    },
    {
      given: { ask: 'blueprint', on: 'runs:golden', blueprint: 'golden@4' },
      expected: {
        kind: 'blueprint',
        running: 'golden',
        name: 'golden',
        version: 4,
      },
    },
    {
      given: { ask: 'blueprint', on: 'eu-1', blueprint: 'pci' },
      expected: undefined,
    },
    {
      given: { ask: 'blueprint', on: 'eu-1', blueprint: '@2' },
      expected: undefined,
    },
    { given: { ask: 'explode', on: 'eu-1' }, expected: undefined },
  ])('$given', ({ given, expected }) => {
    expect(changeOf({ ...WHAT_IF_ADDRESS, ...given })).toEqual(expected);
  });
});
