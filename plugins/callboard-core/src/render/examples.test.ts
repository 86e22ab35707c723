import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAppFile, parseScore } from '@callboard/plugin-callboard-common';
import { findRepository } from '../__testUtils__/findRepository';
import { checkWorkloads } from './checkWorkloads';

const FOLDER = join(findRepository(), 'docs/examples/deploy');

/** The example of docs/rendering.md can be pushed as it stands. */
describe('docs/examples/deploy', () => {
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

function read(file: string): string {
  return readFileSync(join(FOLDER, file), 'utf8');
}
