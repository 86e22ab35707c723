import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { faultsOf } from '../../../stories/__testUtils__/faultsOf';
import { renderStory } from '../../../stories/__testUtils__/renderStory';
import { fixtureApi } from '../../../stories/fixtureApi';
import { timelineStories } from '../../../stories/timeline.stories';
import {
  bar as releaseBar,
  hour,
  lane,
  timelineOf,
} from '../../../stories/timelineFixtures';

const address = '/callboard/apps/checkout?tab=history';

describe('timeline of an app', () => {
  it.each(timelineStories)('$name', async story => {
    expect(await faultsOf(story)).toEqual([]);
  });
});

const newest = /^Release 44 in Development/;

it('is one stop for the keyboard: arrows move between releases, Enter shows it as it was then', async () => {
  const asked: Array<string | undefined> = [];
  renderStory({
    address,
    api: fixtureApi({
      getApp: async (_app, options) => {
        asked.push(options?.at?.toISOString());
        return fixtureApi().getApp('checkout');
      },
    }),
  });
  const bar = await screen.findByRole('button', { name: newest });
  expect(bar).toHaveAttribute('tabindex', '0');
  expect(
    screen
      .getAllByRole('button', { name: /^Release \d+ in/ })
      .filter(each => each.tabIndex === 0),
  ).toEqual([bar]);
  bar.focus();
  await userEvent.keyboard('{ArrowLeft}');
  expect(document.activeElement).toHaveAccessibleName(/^Release 43 in Dev/);
  await userEvent.keyboard('{ArrowDown}');
  expect(document.activeElement).toHaveAccessibleName(/^Release 42 in Staging/);
  await userEvent.keyboard('{ArrowDown}{End}');
  expect(document.activeElement).toHaveAccessibleName(
    /^Release 42 in Production.*Rolled back from release 43 by bo/,
  );
  await userEvent.keyboard('{Enter}');
  await screen.findByText(/As it was on/);
  await waitFor(() => expect(asked.at(-1)).toMatch(/Z$/));
});

it('hatches a time without a portal where there was something to observe', async () => {
  const { container } = renderStory({
    address,
    api: fixtureApi({
      getTimeline: async () =>
        timelineOf(
          [
            lane('dev', [releaseBar(42, 3)]),
            lane('prod', [releaseBar(42, 50)]),
          ],
          {
            gaps: [
              { from: hour(20), to: hour(22), cause: 'stopped' },
              { from: hour(60), to: hour(61), cause: 'stopped' },
            ],
          },
        ),
    }),
  });
  await screen.findByRole('button', { name: /^Release 42 in Production/ });
  const hatched = (name: string) =>
    container.querySelectorAll(`[data-lane="${name}"] rect[fill^="url"]`)
      .length;
  expect([hatched('dev'), hatched('prod')]).toEqual([2, 1]);
});

it('keeps the release in focus when the timeline is read again', async () => {
  let reads = 0;
  renderStory({
    address,
    api: fixtureApi({
      getTimeline: async (app, filter) => {
        reads += 1;
        return fixtureApi().getTimeline(app, filter);
      },
    }),
  });
  const bar = await screen.findByRole('button', { name: newest });
  bar.focus();
  await userEvent.keyboard('{ArrowLeft}');
  const before = reads;
  await waitFor(() => expect(reads).toBeGreaterThan(before + 1), {
    timeout: 20_000,
  });
  expect(document.activeElement).toHaveAccessibleName(/^Release 43 in Dev/);
  await userEvent.keyboard('{ArrowRight}');
  expect(document.activeElement).toHaveAccessibleName(newest);
});

it('chooses an instant by a click and two to compare by dragging', async () => {
  renderStory({ address, api: fixtureApi() });
  const bar = await screen.findByRole('button', { name: newest });
  const track = bar.closest<HTMLElement>('[data-lane]')!;
  track.getBoundingClientRect = () => ({ left: 0, width: 700 } as DOMRect);
  fireEvent.pointerDown(track, { button: 0, clientX: 100 });
  fireEvent.pointerUp(track, { clientX: 102 });
  expect(screen.getByText(/Chosen:/)).toBeInTheDocument();
  expect(screen.getAllByRole('link', { name: /^as it was on/ })).toHaveLength(
    1,
  );

  fireEvent.pointerDown(track, { button: 0, clientX: 600 });
  fireEvent.pointerMove(track, { clientX: 200 });
  fireEvent.pointerUp(track, { clientX: 200 });
  expect(screen.getByText(/Compare:/)).toBeInTheDocument();
  const instants = screen
    .getAllByRole('link', { name: /^as it was on/ })
    .map(link =>
      Date.parse(
        new URL(link.getAttribute('href')!, 'http://x').searchParams.get('at')!,
      ),
    );
  expect(instants).toHaveLength(2);
  const days = (instants[1] - instants[0]) / 86_400_000;
  expect(days).toBeCloseTo(4, 3);
});
