import { fleet, largeFleet } from '../../stories/fixtures';
import { suggestLabels } from './suggestLabels';

describe('suggestLabels', () => {
  it('names what most of the fleet carries, most used first', () => {
    const { keys, valuesOf } = suggestLabels(fleet());
    expect(keys).toEqual(['env', 'region']);
    expect(valuesOf('env')).toEqual(['prod', 'edge', 'dev', 'staging']);
    expect(valuesOf('pci')).toEqual(['true']);
    expect(valuesOf('nobody')).toEqual([]);
  });

  it('begins with env and region where there is no fleet yet', () => {
    expect(suggestLabels([]).keys).toEqual(['env', 'region']);
  });

  it('stays short for a large fleet', () => {
    const many = largeFleet(100).map((cluster, index) => ({
      ...cluster,
      labels: { store: `${index}` },
    }));
    expect(suggestLabels(many).valuesOf('store')).toHaveLength(6);
  });
});
