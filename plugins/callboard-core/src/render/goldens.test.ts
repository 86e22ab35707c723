import { parseScore } from '@callboard/plugin-callboard-common';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { parse, stringify } from 'yaml';
import { CURRENT_RENDERER, type RenderInput, renderWorkload } from '.';

/*
 * Each `*.input.yaml` is two documents: how it is rendered, and the workload.
 * `*.output.yaml` beside it is what a cluster is given, or the problem where the
 * name says `refused`. UPDATE_GOLDENS=1 rewrites the outputs; review the diff.
 *
 * `*.output.renderer-N.yaml` is what an older version of the renderer gave.
 * Nothing rewrites it: releases that were made with it are rendered so for ever.
 */
const FIXTURES = join(__dirname, '__fixtures__');
const INPUT = '.input.yaml';

function renderFixture(text: string, renderer: number): string {
  const [settings, ...score] = text.split('---\n');
  const parsed = parseScore(score.join('---\n'), { file: 'score.yaml' });
  if (!parsed.ok)
    throw new Error(`${parsed.problem.what}: ${parsed.problem.why}`);
  const input: RenderInput = {
    renderer,
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
      CURRENT_RENDERER,
    );
    const output = join(FIXTURES, `${name}.output.yaml`);
    if (process.env.UPDATE_GOLDENS) writeFileSync(output, rendered);
    expect(existsSync(output)).toBe(true);
    expect(rendered).toBe(readFileSync(output, 'utf8'));
    expect(rendered.startsWith('problem:')).toBe(name.endsWith('.refused'));
  });

  const former = readdirSync(FIXTURES).flatMap(file => {
    const match = /^(.*)\.output\.renderer-(\d+)\.yaml$/.exec(file);
    return match ? [{ file, name: match[1], renderer: Number(match[2]) }] : [];
  });

  it('has goldens of every former renderer', () => {
    expect(new Set(former.map(({ renderer }) => renderer))).toEqual(
      new Set(Array.from({ length: CURRENT_RENDERER - 1 }, (_, at) => at + 1)),
    );
  });

  it('renders nothing by a version that a newer Callboard made', () => {
    const input = readFileSync(join(FIXTURES, 'smallest.input.yaml'), 'utf8');
    expect(renderFixture(input, CURRENT_RENDERER + 1)).toContain(
      'code: renderer-unknown',
    );
  });

  it.each(former)(
    '$name by renderer $renderer, to the byte',
    ({ file, name, renderer }) => {
      expect(
        renderFixture(
          readFileSync(join(FIXTURES, name + INPUT), 'utf8'),
          renderer,
        ),
      ).toBe(readFileSync(join(FIXTURES, file), 'utf8'));
    },
  );
});
