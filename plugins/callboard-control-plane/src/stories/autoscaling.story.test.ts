import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';

jest.setTimeout(60_000);

const app = (deploy: string) => ({
  'app.yaml': `
apiVersion: callboard.dev/v1alpha1
kind: App
metadata: { name: shop }
spec: { deploy: ${deploy} }
`,
});

describe('autoscaling', () => {
  let fleet: TestFleet;
  afterEach(() => fleet?.close());

  const replicas = () =>
    (
      fleet.object('dev-1', 'Deployment', 'shop--dev/web').spec as {
        replicas: number;
      }
    ).replicas;
  const autoscalers = () => fleet.objects('dev-1', 'HorizontalPodAutoscaler');

  it('has the number of instances from when a release asks for it until one does not', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1'] });
    await fleet.push('shop');
    await fleet.turns('shop', 'dev', 'Healthy');
    expect(replicas()).toBe(1);

    await fleet.push(
      'shop',
      { does: 'serve' },
      app('{ web: { autoscaling: { min: 3, max: 5, cpu: 70 } } }'),
    );
    await eventually(() => expect(replicas()).toBe(3));
    await fleet.turns('shop', 'dev', 'Healthy');
    expect(autoscalers()).toEqual(['shop--dev/web']);
    expect(fleet.objects('dev-1', 'Pod')).toHaveLength(3);
    expect(fleet.objects('dev-1', 'PodDisruptionBudget')).toEqual([
      'shop--dev/web',
    ]);

    // What the autoscaler decided is no drift, and stays when it is looked at again.
    await fleet.restartControlPlane();
    await fleet.settles();
    expect(replicas()).toBe(3);

    await fleet.push('shop', { does: 'serve' }, app('{}'));
    await eventually(() => expect(autoscalers()).toEqual([]));
    await fleet.turns('shop', 'dev', 'Healthy');
    expect(replicas()).toBe(1);
  });
});
