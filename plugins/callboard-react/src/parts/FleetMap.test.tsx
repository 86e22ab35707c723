import type { Cluster } from '@callboard/plugin-callboard-common';
import { render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router-dom';
import { FleetMap } from './FleetMap';
import { groupClusters, groupingLabels } from './groupClusters';

function cluster(name: string, over: Partial<Cluster> = {}): Cluster {
  return {
    name,
    labels: { region: 'eu' },
    health: { status: 'Healthy', reason: 'AllHealthy', message: '' },
    freshness: 'live',
    apps: [],
    blueprint: null,
    scheduling: { state: 'open' },
    sentence: `${name} is live.`,
    ...over,
  } as Cluster;
}

function draw(clusters: Cluster[]): void {
  render(
    <MemoryRouter>
      <FleetMap
        clusters={clusters}
        groupBy="region"
        hrefOf={name => `/clusters/${name}`}
      />
    </MemoryRouter>,
  );
}

describe('FleetMap', () => {
  it('leads to each cluster and says its state in words', () => {
    draw([cluster('eu-1'), cluster('eu-2', { freshness: 'stale' })]);
    expect(screen.getByRole('link', { name: /eu-1.*Healthy/ })).toHaveAttribute(
      'href',
      '/clusters/eu-1',
    );
    expect(
      screen.getByRole('link', { name: /eu-2.*Unknown/ }),
    ).toHaveTextContent('not seen');
  });

  it('says on a tile that a cluster takes no new app', () => {
    draw([
      cluster('eu-1', { scheduling: { state: 'drained', since: '' } as never }),
      cluster('eu-2'),
    ]);
    expect(screen.getByRole('link', { name: /eu-1/ })).toHaveTextContent(
      'no app · drained',
    );
    expect(screen.getByRole('link', { name: /eu-2/ })).not.toHaveTextContent(
      '·',
    );
  });

  it('draws a thousand as marks with one stop for the keyboard', () => {
    draw(
      Array.from({ length: 1_000 }, (_, index) => cluster(`store-${index}`)),
    );
    const marks = document.querySelectorAll('[data-cluster]');
    expect(marks).toHaveLength(1_000);
    expect(
      document.querySelectorAll('[data-cluster][tabindex="0"]'),
    ).toHaveLength(1);
    expect(document.body).not.toHaveTextContent('no app');
  });
});

describe('groupClusters', () => {
  it('says titles of environments, in their order, before other values', () => {
    const of = (env: string) => cluster(`of-${env}`, { labels: { env } });
    const environments = [
      { name: 'dev', title: 'Development' },
      { name: 'prod', title: 'Production' },
    ];
    const titles = (label: string) =>
      groupClusters(
        [of('prod'), of('edge'), of('dev'), cluster('bare')],
        label,
        environments,
      ).map(({ title }) => title);
    expect(titles('env')).toEqual([
      'Development',
      'Production',
      'edge',
      'none',
    ]);
    expect(titles('region')).toEqual(['eu', 'none']);
  });

  it('sorts groups by name, those without the label last, and keeps the order of members', () => {
    const groups = groupClusters(
      [
        cluster('z', { labels: {} }),
        cluster('b', { labels: { region: 'us' } }),
        cluster('c'),
        cluster('a'),
      ],
      'region',
    ).map(({ value, clusters }) => [value, ...clusters.map(c => c.name)]);
    expect(groups).toEqual([
      ['eu', 'c', 'a'],
      ['us', 'b'],
      ['none', 'z'],
    ]);
  });

  it('offers labels that tell clusters apart', () => {
    expect(
      groupingLabels([
        cluster('a', { labels: { env: 'prod', region: 'eu', id: '1' } }),
        cluster('b', { labels: { env: 'prod', region: 'us', id: '2' } }),
        cluster('c', { labels: { env: 'prod', region: 'us', id: '3' } }),
      ]),
    ).toEqual(['region']);
  });
});
