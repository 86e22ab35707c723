import {
  type BlueprintFile,
  blueprintOfCluster,
  filesOfKind,
  parsePlatformFiles,
} from '@callboard/plugin-callboard-common';
import { readFileSync } from 'fs';
import { join } from 'path';
import { findRepository } from '../__testUtils__/findRepository';
import { readStrategy } from '../rollout';
import { keepVersions } from './keepVersions';
import { resolveBlueprint } from './resolveBlueprint';

const ROOT = findRepository();
const PAGE = readFileSync(join(ROOT, 'docs/blueprints.md'), 'utf8');
const EXAMPLE = readFileSync(
  join(ROOT, 'docs/examples/blueprints/store.yaml'),
  'utf8',
);

describe('the example of docs/blueprints.md', () => {
  const parsed = parsePlatformFiles(EXAMPLE, { file: 'store.yaml' });
  const files = parsed.ok ? parsed.value : [];
  const written: BlueprintFile[] = filesOfKind(files, 'Blueprint');
  const { blueprints } = keepVersions([], written);

  it('is the one in docs/examples', () => {
    expect(parsed.ok || parsed.problem).toBe(true);
    expect(PAGE).toContain(`\`\`\`yaml\n${EXAMPLE}\`\`\``);
  });

  it('gives all three clusters version 2, with the limits of the store', () => {
    const clusters = filesOfKind(files, 'Cluster').map(file => {
      const ref = blueprintOfCluster(file);
      const resolved = ref && resolveBlueprint(blueprints, ref);
      if (!resolved?.ok) throw new Error(resolved?.problem.why);
      const { version, bases, drift, addons } = resolved.value;
      return {
        version,
        bases,
        drift,
        addons: addons.map(
          ({ name, from, replaces }) =>
            `${name} of ${from}${replaces.length > 0 ? ', replaced' : ''}`,
        ),
      };
    });
    expect(clusters).toEqual(
      Array(3).fill({
        version: 2,
        bases: [{ name: 'base', version: 1 }],
        drift: 'DetectAndNotify',
        addons: ['space of base', 'limits of store, replaced'],
      }),
    );
  });

  it('has a strategy that can be read', () => {
    const [, json = ''] = /```json\n([\s\S]*?)```/.exec(PAGE) ?? [];
    expect(readStrategy(JSON.parse(json).strategy)).toMatchObject({
      ok: true,
      value: { type: 'ProgressivePerGroup', minSuccessMs: 600_000 },
    });
  });
});
