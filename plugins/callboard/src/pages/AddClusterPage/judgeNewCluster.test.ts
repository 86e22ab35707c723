import { type ClusterDraft, judgeNewCluster } from './judgeNewCluster';

function draft(over: Partial<ClusterDraft> = {}): ClusterDraft {
  return { name: 'store-7', labels: [], ...over };
}

function label(id: number, key: string, value: string) {
  return { id, key, value };
}

describe('judgeNewCluster', () => {
  it('takes what is filled in', () => {
    expect(
      judgeNewCluster(
        draft({
          labels: [label(1, 'env', 'edge'), label(2, 'region', '')],
          blueprint: 'edge',
        }),
        ['eu-1'],
      ),
    ).toEqual({
      kind: 'good',
      cluster: { name: 'store-7', labels: { env: 'edge' }, blueprint: 'edge' },
    });
  });

  it.each([
    { name: '', fault: 'The name is empty. Use a-z, 0-9 and "-".' },
    {
      name: 'Store',
      fault: 'It contains the capital letter "S". Use a-z, 0-9 and "-".',
    },
    { name: 'eu-1', fault: 'A cluster "eu-1" is there already.' },
  ])('says what is wrong with "$name"', ({ name, fault }) => {
    expect(judgeNewCluster(draft({ name }), ['eu-1'])).toEqual({
      kind: 'faulty',
      name: fault,
      labels: {},
    });
  });

  it('says which label is wrong, and which is given twice', () => {
    expect(
      judgeNewCluster(
        draft({
          labels: [
            label(1, 'env', 'edge'),
            label(2, 'env', 'prod'),
            label(3, '', 'eu'),
            label(4, 'place', 'a b'),
          ],
        }),
        [],
      ),
    ).toEqual({
      kind: 'faulty',
      name: undefined,
      labels: {
        2: '"env" is given twice.',
        3: 'Its key is empty.',
        4: 'Its value "a b" is not valid.',
      },
    });
  });

  describe('how apps are reached', () => {
    it.each([
      { exposure: undefined, expected: undefined },
      { exposure: { type: 'ClusterIP', host: 'x y' }, expected: undefined },
      {
        exposure: { type: 'LoadBalancer', host: 'left behind' },
        expected: { type: 'LoadBalancer' },
      },
      {
        exposure: { type: 'NodePort', host: ' 10.0.0.7 ' },
        expected: { type: 'NodePort', host: '10.0.0.7' },
      },
      {
        exposure: { type: 'NodePort', host: '[fd00::7]' },
        expected: { type: 'NodePort', host: '[fd00::7]' },
      },
    ] as const)('takes $exposure', ({ exposure, expected }) => {
      const judged = judgeNewCluster(draft({ exposure }), []);
      expect(judged.kind === 'good' && judged.cluster.exposure).toEqual(
        expected,
      );
    });

    it.each(['', 'https://site', 'site:8080', 'my site', '-'])(
      'does not take the address "%s"',
      host => {
        const exposure = { type: 'NodePort', host } as const;
        expect(judgeNewCluster(draft({ exposure }), [])).toMatchObject({
          kind: 'faulty',
          host: expect.stringMatching(/IP address or a name/),
        });
      },
    );
  });
});
