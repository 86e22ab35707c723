import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type EnvironmentFile,
  PATCHABLE_FIELDS,
  filesOfKind,
  parseAppFile,
  parsePlatformFiles,
  parseScore,
} from '@callboard/plugin-callboard-common';
import { findRepository } from '../__testUtils__/findRepository';
import { checkWorkloads } from './checkWorkloads';
import { BUILT_IN_PROVISIONERS } from './resources';

const EXAMPLES = join(findRepository(), 'docs/examples');

function readEnvironments(text: string): EnvironmentFile[] {
  const files = parsePlatformFiles(text, { file: 'platform.yaml' });
  if (!files.ok) throw new Error(files.problem.why);
  return filesOfKind(files.value, 'Environment');
}

/** The examples of docs/app-yaml.md, docs/rendering.md and docs/resources.md can be pushed as they stand. */
describe.each(['app-yaml', 'deploy', 'overrides', 'resources'])(
  'docs/examples/%s',
  folder => {
    const read = (file: string) =>
      readFileSync(join(EXAMPLES, folder, file), 'utf8');

    it('is an app that can be rendered', () => {
      const app = parseAppFile(read('app.yaml'), { file: 'app.yaml' });
      if (!app.ok) throw new Error(app.problem.why);
      const { name } = app.value.metadata;
      const { workloads = [], deploy, environments } = app.value.spec;
      const scores = workloads.map(file => {
        const score = parseScore(read(file), { file });
        if (!score.ok) throw new Error(score.problem.why);
        return score.value;
      });
      expect(
        checkWorkloads({
          app: name,
          workloads: scores,
          files: {},
          deploy,
          environments,
          platform: existsSync(join(EXAMPLES, folder, 'platform.yaml'))
            ? readEnvironments(read('platform.yaml'))
            : [],
        }),
      ).toEqual({ ok: true, value: undefined });
    });
  },
);

it('has an example of every type that is built in', () => {
  const text = readFileSync(join(EXAMPLES, 'resources/score.yaml'), 'utf8');
  const score = parseScore(text, { file: 'score.yaml' });
  if (!score.ok) throw new Error(score.problem.why);
  const shown = Object.values(score.value.workload.resources ?? {});
  expect(new Set(shown.map(({ type }) => type))).toEqual(
    new Set(BUILT_IN_PROVISIONERS.map(({ type }) => type)),
  );
});

it('has every field that can be patched in docs/rendering.md', () => {
  const text = readFileSync(
    join(findRepository(), 'docs/rendering.md'),
    'utf8',
  );
  const listed = [...text.matchAll(/^\| `([A-Z]\w+)` \| (`.*) \|$/gm)].flatMap(
    ([, kind, fields]) =>
      [...fields.matchAll(/`((?:metadata|spec)\.\w+)`/g)].map(
        ([, field]) => `${kind}.${field}`,
      ),
  );
  expect(listed.sort()).toEqual([...PATCHABLE_FIELDS]);
});
