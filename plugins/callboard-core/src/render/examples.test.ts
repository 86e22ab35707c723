import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAppFile, parseScore } from '@callboard/plugin-callboard-common';
import { findRepository } from '../__testUtils__/findRepository';
import { checkWorkloads } from './checkWorkloads';
import { BUILT_IN_PROVISIONERS } from './resources';

const EXAMPLES = join(findRepository(), 'docs/examples');

/** The examples of docs/rendering.md and docs/resources.md can be pushed as they stand. */
describe.each(['deploy', 'resources'])('docs/examples/%s', folder => {
  const read = (file: string) =>
    readFileSync(join(EXAMPLES, folder, file), 'utf8');

  it('is an app that can be rendered', () => {
    const app = parseAppFile(read('app.yaml'), { file: 'app.yaml' });
    if (!app.ok) throw new Error(app.problem.why);
    const { name } = app.value.metadata;
    const { workloads = [], deploy } = app.value.spec;
    const scores = workloads.map(file => {
      const score = parseScore(read(file), { file });
      if (!score.ok) throw new Error(score.problem.why);
      return score.value;
    });
    expect(
      checkWorkloads({ app: name, workloads: scores, files: {}, deploy }),
    ).toEqual({ ok: true, value: undefined });
  });
});

it('has an example of every type that is built in', () => {
  const text = readFileSync(join(EXAMPLES, 'resources/score.yaml'), 'utf8');
  const score = parseScore(text, { file: 'score.yaml' });
  if (!score.ok) throw new Error(score.problem.why);
  const shown = Object.values(score.value.workload.resources ?? {});
  expect(new Set(shown.map(({ type }) => type))).toEqual(
    new Set(BUILT_IN_PROVISIONERS.map(({ type }) => type)),
  );
});
