import { writeDecisions } from './writeDecisions';

const options = { namespace: 'placements', isOfHub: () => true };

it('writes an object for every hundred clusters, sorted', () => {
  const clusters = Array.from({ length: 201 }, (_, index) => `c${index}`);
  const objects = writeDecisions(
    [{ app: 'shop', environment: 'prod', clusters: [...clusters].reverse() }],
    options,
  );
  expect(objects.map(({ metadata }) => metadata.name)).toEqual([
    'shop.prod-decision-1',
    'shop.prod-decision-2',
    'shop.prod-decision-3',
  ]);
  expect(
    objects.flatMap(({ status }) =>
      status.decisions.map(({ clusterName }) => clusterName),
    ),
  ).toEqual([...clusters].sort());
  expect(objects[0].status.decisions).toHaveLength(100);
});

it('gives no two environments one name, and no label more than 63 characters', () => {
  const long = 'a'.repeat(63);
  const labels = [
    ['a-b', 'c'],
    ['a', 'b-c'],
    [long, 'prod'],
    [long, 'dev'],
  ].map(([app, environment]) => {
    const [{ metadata }] = writeDecisions(
      [{ app, environment, clusters: [] }],
      options,
    );
    return metadata.labels?.['cluster.open-cluster-management.io/placement'];
  });
  expect(new Set(labels).size).toBe(4);
  for (const label of labels)
    expect(label).toMatch(/^[a-z0-9][a-z0-9.-]{0,61}[a-z0-9]$/);
});
