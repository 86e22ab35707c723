import type { KubeObject } from '@callboard/plugin-callboard-common';
import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';

jest.setTimeout(60_000);

const app = (overrides: string) => ({
  'app.yaml': `
apiVersion: callboard.dev/v1alpha1
kind: App
metadata: { name: shop }
spec: { environments: [{ name: dev, overrides: [${overrides}] }] }
`,
});
const memory = (amount: string) =>
  `resources: { web: { main: { requests: { memory: ${amount} }, limits: { memory: ${amount} } } } }`;

interface Spec {
  revisionHistoryLimit?: number;
  template: {
    metadata: { annotations?: Record<string, string> };
    spec: { containers: Array<{ resources: object }> };
  };
}

describe('what is otherwise on some clusters', () => {
  let fleet: TestFleet;
  afterEach(() => fleet?.close());

  const seen = () => {
    const deployment: KubeObject = fleet.object(
      'dev-1',
      'Deployment',
      'shop--dev/web',
    );
    const { revisionHistoryLimit, template } = deployment.spec as Spec;
    return {
      resources: template.spec.containers[0].resources,
      annotation: template.metadata.annotations?.['example.com/team'],
      revisionHistoryLimit,
      autoscalers: fleet.objects('dev-1', 'HorizontalPodAutoscaler'),
    };
  };

  it('is there for as long as releases say it', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1'] });
    await fleet.push(
      'shop',
      { does: 'serve' },
      app(
        `{ clusters: { matchLabels: { env: dev } }, ${memory(
          '256Mi',
        )}, autoscaling: { web: { min: 2, max: 3, cpu: 70 } }, patches: { web: { Pod: { metadata: { annotations: { example.com/team: web } } }, Deployment: { spec: { revisionHistoryLimit: 3 } } } } }, { clusters: { matchLabels: { env: prod } }, ${memory(
          '1Gi',
        )} }`,
      ),
    );
    await fleet.turns('shop', 'dev', 'Healthy');
    expect(seen()).toEqual({
      resources: {
        limits: { memory: '256Mi' },
        requests: { cpu: '50m', memory: '256Mi' },
      },
      annotation: 'web',
      revisionHistoryLimit: 3,
      autoscalers: ['shop--dev/web'],
    });

    await fleet.push('shop', { does: 'serve' }, app('{ clusters: {} }'));
    await eventually(() =>
      expect(seen()).toMatchObject({
        resources: {
          limits: { memory: '512Mi' },
          requests: { cpu: '50m', memory: '64Mi' },
        },
        annotation: undefined,
        autoscalers: [],
      }),
    );
    await fleet.turns('shop', 'dev', 'Healthy');
  });

  it('is counted where it is placed: what no node of its clusters holds is refused', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1'] });
    await fleet.settles();
    await eventually(async () => {
      for (const { name, nodes } of await fleet.controlPlane.listClusters())
        if (nodes.total === 0) throw new Error(`${name} has told no node`);
    });
    const send = (labels: string, amount: string) =>
      fleet.send(
        'shop',
        { does: 'serve' },
        app(`{ clusters: { matchLabels: ${labels} }, ${memory(amount)} }`),
      );
    await expect(send('{ env: dev }', '9Gi')).rejects.toThrow(
      /one instance of "web" needs 9 GiB of memory, and the largest node has 8 GiB of memory \(dev-1\)/,
    );
    await send('{ env: prod }', '9Gi');
    await fleet.turns('shop', 'dev', 'Healthy');
  });
});
