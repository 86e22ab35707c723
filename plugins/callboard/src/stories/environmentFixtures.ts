import type { EnvironmentSummary } from '@callboard/plugin-callboard-common';

/** Development takes pushes, Production is promoted to; one of its apps is unhealthy. */
export function environments(): EnvironmentSummary[] {
  return [
    {
      name: 'dev',
      title: 'Development',
      description: 'Every push arrives here',
      order: 1,
      sentence: '4 apps; 1 of 4 clusters may take an app',
      rules: [
        { topic: 'releases', says: 'Every push arrives here' },
        { topic: 'clusters', says: 'Runs on 1 cluster' },
        { topic: 'clusters', says: 'Only clusters with label env = dev' },
      ],
      clusters: [
        { name: 'dev-1', title: 'Desk', fits: true, reasons: [], apps: 4 },
        ...['ap-1', 'eu-1', 'us-1'].map(name => ({
          name,
          title: name,
          fits: false,
          reasons: ['Needs a dev cluster; this one is prod'],
          apps: 0,
        })),
      ],
      apps: { total: 4, needAttention: 0, names: [] },
    },
    {
      name: 'prod',
      title: 'Production',
      order: 2,
      sentence: '3 apps, 1 needs attention; 3 of 4 clusters may take an app',
      promotion: { from: 'dev', approval: 'group:default/payments-leads' },
      rules: [
        {
          topic: 'releases',
          says: 'A release is promoted here from Development, once payments-leads approves',
        },
        { topic: 'clusters', says: 'Runs on 3 clusters' },
        {
          topic: 'failover',
          says: 'What runs on a cluster out of contact for 5 min moves to another',
        },
      ],
      clusters: [
        ...['ap-1', 'eu-1', 'us-1'].map(name => ({
          name,
          title: name,
          fits: true,
          reasons: [],
          apps: 3,
        })),
        {
          name: 'dev-1',
          title: 'Desk',
          fits: false,
          reasons: ['Needs a prod cluster; this one is dev'],
          apps: 0,
        },
      ],
      apps: { total: 3, needAttention: 1, names: ['checkout'] },
    },
  ];
}
