import { type AppSources, judgeWorkloads, readAppFile } from '.';

const SCORE = `apiVersion: score.dev/v1b1
metadata: { name: web }
containers: { web: { image: nginx } }
`;
const APP = `apiVersion: callboard.dev/v1alpha1
kind: App
metadata: { name: shop }
spec: { workloads: [./services/web.yaml] }
`;

function judge(texts: Record<string, string>, others: string[] = []): string {
  const sources: AppSources = {
    app: 'shop',
    paths: [...Object.keys(texts), ...others],
    texts,
  };
  const appFile = readAppFile(sources);
  if (!appFile.ok) return `${appFile.problem.what}: ${appFile.problem.why}`;
  const work = judgeWorkloads(sources, appFile.value);
  let pauses = 0;
  for (;;) {
    const step = work.next();
    if (step.done) {
      const { value } = step;
      return value.ok
        ? `${value.value.length} after ${pauses} pauses`
        : `${value.problem.what}: ${value.problem.why}`;
    }
    pauses += 1;
  }
}

describe('judging the files of an app', () => {
  it.each([
    {
      name: 'takes every score file but those of packages',
      texts: {
        'a/score.yaml': SCORE,
        'b.score.yaml': SCORE.replace('web', 'api'),
        'node_modules/x/score.yaml': '{',
      },
      expected: '2 after 2 pauses',
    },
    {
      name: 'takes those that app.yaml lists',
      texts: {
        'app.yaml': APP,
        'score.yaml': '{',
        'services/web.yaml': SCORE,
      },
      expected: '1 after 1 pauses',
    },
    {
      name: 'misses one that is listed',
      texts: { 'app.yaml': APP },
      expected:
        'Cannot find workload "services/web.yaml": app.yaml lists it, and the revision holds no such score file',
    },
    {
      name: 'refuses the app.yaml of another app',
      texts: { 'app.yaml': APP.replace('shop', 'shoe') },
      expected: 'Cannot use app.yaml for "shop": its metadata.name is "shoe"',
    },
    {
      name: 'needs something to run',
      texts: {},
      expected:
        'Cannot release what was pushed: it holds no score.yaml, which says what to run',
    },
    {
      name: 'misses a file that is mounted',
      texts: {
        'score.yaml': SCORE.replace(
          'nginx',
          'nginx, files: { /a: { source: ./a.txt } }',
        ),
      },
      expected: 'Cannot mount file "a.txt": the revision does not hold it',
    },
    {
      name: 'finds a file that is mounted',
      texts: {
        'score.yaml': SCORE.replace(
          'nginx',
          'nginx, files: { /a: { source: ./b.txt } }',
        ),
      },
      expected: '1 after 1 pauses',
    },
  ])('$name', ({ texts, expected }) => {
    expect(judge(texts as Record<string, string>, ['b.txt'])).toBe(expected);
  });
});
