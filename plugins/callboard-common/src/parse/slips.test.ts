import { parseAppFile } from './files';
import { parseScore } from './score';

/** What a developer reads of a slip in a file. */
function slip(text: string): string {
  const parse = text.includes('kind: App') ? parseAppFile : parseScore;
  const parsed = parse(text, { file: 'score.yaml' });
  return parsed.ok
    ? 'fine'
    : `${parsed.problem.what}: ${parsed.problem.why}. ${parsed.problem.next}`;
}

const HEAD = 'apiVersion: score.dev/v1b1\nmetadata: { name: shop }\n';
const WEB = '  web:\n    image: .\n';

describe('slips in a file', () => {
  it.each([
    [
      'a colon that is missing above a map',
      `apiVersion: score.dev/v1b1\nmetadata:\n  name: shop\ncontainers\n${WEB}`,
      'Cannot read score.yaml, line 4: `containers` needs a colon. Write `containers:`',
    ],
    [
      'a colon that is missing before a value',
      `${HEAD}containers:\n  web:\n    image .\n    command: [x]\n`,
      'Cannot read score.yaml, line 5: `image` needs a colon. Write `image:`',
    ],
    [
      'a space that is missing after a colon',
      `apiVersion:score.dev/v1b1\nmetadata: { name: shop }\n`,
      'Cannot read score.yaml, line 1: `apiVersion:` needs a space after its colon. Write `apiVersion: ` and then the value',
    ],
    [
      'a tab',
      `${HEAD}containers:\n\tweb:\n`,
      'Cannot read score.yaml, line 4: it is indented with a tab. Indent with spaces: YAML takes no tabs there',
    ],
    [
      'a quote that is not closed',
      `${HEAD}containers:\n  web:\n    image: "x\n`,
      'a quoted text has no closing quote. Add the quote at its end',
    ],
    [
      'a list that is not closed',
      `${HEAD}containers:\n  web:\n    image: .\n    command: [node\n    args: [x]\n`,
      'a list in brackets is not closed',
    ],
    [
      'a field at the top, one letter short',
      `${HEAD}container:\n${WEB}`,
      'Cannot read the workload score.yaml, line 3: `container` is not a field; did you mean `containers`?. Rename it to `containers`',
    ],
    [
      'letters that are swapped, further down',
      `${HEAD}containers:\n  web:\n    iamge: .\n`,
      'line 5: containers.web.iamge: `iamge` is not a field; did you mean `image`?. Rename it to `image`',
    ],
    [
      'a secret in the head of a text',
      `${HEAD}containers:\n${WEB}    variables: { A: 1 }\n    args: |hunter2\n`,
      'it is not valid YAML: block scalar header includes extra characters. Correct',
    ],
    [
      'a value in the wrong case',
      `${HEAD}containers:\n${WEB}service: { ports: { web: { port: 80, protocol: tcp } } }\n`,
      'service.ports.web.protocol: must be one of "TCP", "UDP". Write "TCP"',
    ],
    [
      'a field in the wrong case',
      `${HEAD}containers:\n  web:\n    image: .\n    readinessprobe: {}\n`,
      'did you mean `readinessProbe`?',
    ],
    [
      'a field that resembles none',
      `${HEAD}containers:\n${WEB}replicaCountOfAll: 3\n`,
      '`replicaCountOfAll` is not a field here. Remove "replicaCountOfAll", or correct the spelling',
    ],
    [
      'a field of app.yaml',
      'apiVersion: callboard.dev/v1alpha1\nkind: App\nmetadata: { name: shop }\nspec:\n  onwer: group:default/shop\n',
      'line 5: spec.onwer: `onwer` is not a field; did you mean `owner`?',
    ],
  ])('%s', (_, text, expected) => {
    expect(slip(text)).toContain(expected);
  });
});

it('answers all slips of a file, where it tells one and counts the others', () => {
  const parsed = parseScore(
    `${HEAD}container:\n${WEB}    args: x\nzz: 1\nyy: 2\n`.replace(
      'name: shop',
      'name: Shop',
    ),
    { file: 'score.yaml' },
  );
  if (parsed.ok) throw new Error('it was read');
  expect(parsed.problem).toMatchObject({
    why: '`container` is not a field; did you mean `containers`? (and 1 more fault in this file)',
    next: 'Rename it to `containers`',
  });
  expect(
    parsed.problems.map(({ at, why, next }) => `${at?.line} ${why}. ${next}`),
  ).toEqual([
    expect.stringMatching(/^2 metadata\.name: must have 2 to 63 characters/),
    '3 `container` is not a field; did you mean `containers`?. Rename it to `containers`',
    '7 zz: `zz` is not a field here. Remove "zz", or correct the spelling',
    '8 yy: `yy` is not a field here. Remove "yy", or correct the spelling',
  ]);
});

it('answers one problem where nothing more can be told', () => {
  for (const text of ['', '{', `${HEAD}containers: {}\n`]) {
    const parsed = parseScore(text, { file: 'score.yaml' });
    expect(parsed.ok || parsed.problems).toEqual([
      !parsed.ok && parsed.problem,
    ]);
  }
});
