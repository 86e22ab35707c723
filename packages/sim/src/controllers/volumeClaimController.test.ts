import { claim, TestCluster } from '../__testUtils__';

describe('claims', () => {
  const kept: Array<string | undefined> = [];
  let test: TestCluster;

  beforeEach(async () => {
    kept.length = 0;
    test = await TestCluster.create({
      volumeHost: {
        keep: ({ cluster, namespace, name, uid }) => {
          if (cluster === 'eu-1' && namespace === 'default' && name === 'data')
            kept.push(uid);
        },
      },
    });
  });
  afterEach(() => test.close());

  it('tells what keeps their data that one is there, and that it went', async () => {
    const { metadata } = await test.apply(claim('data'));
    await test.turns();
    expect(new Set(kept)).toEqual(new Set([metadata.uid]));
    await test.send(
      'DELETE',
      '/api/v1/namespaces/default/persistentvolumeclaims/data',
    );
    await test.turns();
    expect(kept.at(-1)).toBeUndefined();
    const again = await test.apply(claim('data'));
    await test.turns();
    expect(kept.at(-1)).toBe(again.metadata.uid);
    expect(again.metadata.uid).not.toBe(metadata.uid);
  });
});
