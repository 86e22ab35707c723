import { blueprints, fleet } from '../../stories/fixtures';
import { chooseBlueprints } from './chooseBlueprints';

describe('chooseBlueprints', () => {
  it('offers the newest active version of each, the most used first', () => {
    expect(
      chooseBlueprints(blueprints(), fleet()).map(
        ({ name, version }) => `${name} ${version}`,
      ),
    ).toEqual(['golden 3', 'edge 1', 'pci 2']);
  });

  it('offers nothing where nothing is active', () => {
    expect(
      chooseBlueprints(
        blueprints().map(blueprint => ({
          ...blueprint,
          versions: blueprint.versions.map(version => ({
            ...version,
            state: 'draft' as const,
          })),
        })),
        fleet(),
      ),
    ).toEqual([]);
  });
});
