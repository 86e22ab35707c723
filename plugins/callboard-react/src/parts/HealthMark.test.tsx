import type { Freshness, Health } from '@callboard/plugin-callboard-common';
import { render } from '@testing-library/react';
import { HealthMark } from './HealthMark';
import { LostScope } from './LostScope';

const healthy: Health = {
  status: 'Healthy',
  reason: 'AllHealthy',
  message: 'All ready',
};

function minutesAgo(minutes: number): string {
  // Half a minute more, so that a slow machine stays within the minute.
  return new Date(Date.now() - (minutes + 0.5) * 60_000).toISOString();
}

function textOf(element: JSX.Element): string {
  return render(element).container.textContent ?? '';
}

describe('HealthMark', () => {
  it.each<{
    name: string;
    health: Health;
    freshness: Freshness;
    observedAt?: string | null;
    expected: string;
  }>([
    {
      name: 'what is live as it is',
      health: healthy,
      freshness: 'live',
      observedAt: minutesAgo(0),
      expected: 'Healthy',
    },
    {
      name: 'what is stale as Unknown',
      health: healthy,
      freshness: 'stale',
      observedAt: minutesAgo(4),
      expected: 'Unknownlast seen 4 min ago',
    },
    {
      name: 'what was never seen as Unknown',
      health: healthy,
      freshness: 'unreachable',
      observedAt: null,
      expected: 'Unknownnever seen',
    },
    {
      name: 'what is live and unknown without an age',
      health: { status: 'Unknown', reason: 'Reported', message: 'x' },
      freshness: 'live',
      observedAt: minutesAgo(1),
      expected: 'Unknown',
    },
  ])('shows $name', ({ health, freshness, observedAt, expected }) => {
    expect(
      textOf(
        <HealthMark
          health={health}
          freshness={freshness}
          observedAt={observedAt}
        />,
      ),
    ).toBe(expected);
  });

  it('shows nothing green once the portal itself has no answer', () => {
    expect(
      textOf(
        <LostScope since={new Date(minutesAgo(2))}>
          <HealthMark health={healthy} freshness="live" />
        </LostScope>,
      ),
    ).toBe('Unknownlast seen 2 min ago');
  });

  it('counts from when its cluster was seen, also once the portal itself has no answer', () => {
    expect(
      textOf(
        <LostScope since={new Date(minutesAgo(2))}>
          <HealthMark
            health={healthy}
            freshness="live"
            observedAt={minutesAgo(3)}
          />
        </LostScope>,
      ),
    ).toBe('Unknownlast seen 3 min ago');
  });

  it('keeps the word for screen readers when only the shape is drawn', () => {
    expect(
      textOf(<HealthMark health={healthy} freshness="live" compact />),
    ).toBe('Healthy');
  });

  it('draws a shape of its own for every state', () => {
    const statuses = [
      'Healthy',
      'Progressing',
      'Degraded',
      'Suspended',
      'Missing',
      'Unknown',
    ] as const;
    const shapes = statuses.map(status => {
      const { container } = render(
        <HealthMark health={{ ...healthy, status }} freshness="live" />,
      );
      return container.querySelector('svg')?.innerHTML;
    });
    expect(new Set(shapes).size).toBe(statuses.length);
  });
});
