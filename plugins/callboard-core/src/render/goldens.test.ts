import { parseScore } from '@callboard/plugin-callboard-common';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { parse, stringify } from 'yaml';
import { type RenderInput, renderWorkload } from '.';

/*
 * Each `*.input.yaml` is two documents: how it is rendered, and the workload.
 * `*.output.yaml` beside it is what a cluster is given, or the problem where the
 * name says `refused`. UPDATE_GOLDENS=1 rewrites the outputs; review the diff.
 */
const FIXTURES = join(__dirname, '__fixtures__');
const INPUT = '.input.yaml';

function renderFixture(text: string): string {
  const [settings, ...score] = text.split('---\n');
  const parsed = parseScore(score.join('---\n'), { file: 'score.yaml' });
  if (!parsed.ok)
    throw new Error(`${parsed.problem.what}: ${parsed.problem.why}`);
  const input: RenderInput = {
    images: {},
    files: {},
    ...parse(settings),
    workload: parsed.value.workload,
  };
  const rendered = renderWorkload(input);
  return rendered.ok
    ? rendered.value.map(object => stringify(object)).join('---\n')
    : stringify({ problem: rendered.problem });
}

describe('renderWorkload', () => {
  const inputs = readdirSync(FIXTURES).filter(name => name.endsWith(INPUT));

  it.each(inputs.map(name => name.slice(0, -INPUT.length)))('%s', name => {
    const rendered = renderFixture(
      readFileSync(join(FIXTURES, name + INPUT), 'utf8'),
    );
    const output = join(FIXTURES, `${name}.output.yaml`);
    if (process.env.UPDATE_GOLDENS) writeFileSync(output, rendered);
    expect(existsSync(output)).toBe(true);
    expect(rendered).toBe(readFileSync(output, 'utf8'));
    expect(rendered.startsWith('problem:')).toBe(name.endsWith('.refused'));
  });
});
