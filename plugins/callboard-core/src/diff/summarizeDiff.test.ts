import type { ObjectChange } from './diffObjects';
import { summarizeDiff } from './summarizeDiff';

const of = { environment: 'prod', from: 1, release: 2 };

function changed(name: string, over: Partial<ObjectChange> = {}): ObjectChange {
  return {
    change: 'changed',
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    name,
    fields: [{ path: 'spec.replicas', before: 1, after: 2 }],
    ...over,
  };
}

describe('summarizeDiff', () => {
  it('tells together what is the same on several clusters', () => {
    const { groups, sentence } = summarizeDiff(of, [
      { cluster: 'us-1', objects: [changed('web')] },
      { cluster: 'ap-1', objects: [] },
      {
        cluster: 'de-1',
        objects: [
          changed('web'),
          changed('db', { change: 'removed', fields: [] }),
        ],
      },
      { cluster: 'eu-1', objects: [changed('web')] },
    ]);
    expect(
      groups.map(
        ({ clusters, objects }) =>
          `${clusters.join()}: ${objects.map(({ name }) => name).join()}`,
      ),
    ).toEqual(['eu-1,us-1: web', 'de-1: web,db']);
    expect(sentence).toBe(
      'Release 2 changes 1 object and removes 1 object on 3 clusters',
    );
  });

  it.each([
    {
      name: 'nothing changes',
      of,
      expected: 'Release 2 changes nothing of release 1',
    },
    {
      name: 'it finds no cluster',
      of: { environment: 'prod', release: 2 },
      expected: 'Release 2 runs on no cluster',
    },
  ])('says so where $name', ({ of: asked, expected }) => {
    expect(summarizeDiff(asked, [{ cluster: 'eu-1', objects: [] }])).toEqual({
      ...asked,
      sentence: expected,
      groups: [],
      tasks: [],
      data: [],
    });
  });

  it('shows values as texts and no more than a page holds, and says what it leaves out', () => {
    const fields = Array.from({ length: 101 }, (_, index) => ({
      path: `data.${index}`,
      after: index === 0 ? { port: 80 } : 'x'.repeat(1_000),
    }));
    const {
      groups: [group],
    } = summarizeDiff(of, [
      {
        cluster: 'eu-1',
        objects: Array.from({ length: 203 }, (_, index) =>
          changed(`config-${index}`, { fields }),
        ),
      },
    ]);
    const [object] = group.objects;
    expect([group.objects.length, group.more]).toEqual([200, 3]);
    expect([object.fields.length, object.more]).toEqual([100, 1]);
    expect(object.fields.slice(0, 2)).toEqual([
      { path: 'data.0', after: '{"port":80}' },
      { path: 'data.1', after: `${'x'.repeat(300)}…` },
    ]);
  });

  it('names the tasks that run before and after it, and which run again', () => {
    const run = (
      workload: string,
      phase: 'before-release' | 'after-release',
      again: boolean,
    ) => ({ workload, phase, again });
    const tasks = [
      run('migrate', 'before-release', true),
      run('check', 'before-release', false),
      run('index', 'before-release', true),
      run('tell', 'after-release', false),
    ];
    expect(summarizeDiff(of, [], { tasks })).toMatchObject({
      tasks,
      sentence:
        'Release 2 changes nothing of release 1; check runs before it; migrate and index run again before it; tell runs after it',
    });
  });
});
