import { expectStory } from '../../stories/__testUtils__/expectStory';
import { clusterPageStories } from '../../stories/clusterPage.stories';

describe('cluster page', () => {
  it.each(clusterPageStories)('$name', expectStory);
});
