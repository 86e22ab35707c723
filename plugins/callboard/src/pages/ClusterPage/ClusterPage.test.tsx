import { faultsOf } from '../../stories/__testUtils__/faultsOf';
import { clusterPageStories } from '../../stories/clusterPage.stories';

describe('cluster page', () => {
  it.each(clusterPageStories)('$name', async story => {
    expect(await faultsOf(story)).toEqual([]);
  });
});
