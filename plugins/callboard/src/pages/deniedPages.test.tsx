import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { faultsOf } from '../stories/__testUtils__/faultsOf';
import { permission } from '../stories/__testUtils__/renderStory';
import { deniedPagesStories } from '../stories/deniedPages.stories';

beforeAll(() => {
  permission.result = AuthorizeResult.DENY;
});

describe('for who may only look', () => {
  it.each(deniedPagesStories)('$name', async story => {
    expect(await faultsOf(story)).toEqual([]);
  });
});
