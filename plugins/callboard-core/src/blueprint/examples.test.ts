import {
  type BlueprintFile,
  blueprintOfCluster,
  filesOfKind,
  parsePlatformFiles,
} from '@callboard/plugin-callboard-common';
import { readFileSync } from 'fs';
import { join } from 'path';
import { findRepository } from '../__testUtils__/findRepository';
import { describeGuardRails } from '../guardrails';
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

  it('has guard rails, which a heir replaces by field', () => {
    const text = readFileSync(
      join(ROOT, 'docs/examples/blueprints/guard-rails.yaml'),
      'utf8',
    );
    expect(PAGE).toContain(`\`\`\`yaml\n${text}\`\`\``);
    const rails = parsePlatformFiles(text, { file: 'guard-rails.yaml' });
    if (!rails.ok) throw new Error(rails.problem.why);
    const edge = resolveBlueprint(
      filesOfKind(rails.value, 'Blueprint'),
      'pci-edge',
    );
    expect(edge.ok && describeGuardRails(edge.value.apps)).toEqual([
      'Pods keep at least the level "restricted"',
      'Pods have no traffic but what the app declares',
      'An app takes at most 6 pods and 2Gi memory requested in an environment',
      'A container has at most 4 CPU and 8Gi memory',
      'A container without limits gets 512Mi memory',
      'A container without requests gets 50m CPU and 64Mi memory',
      'Images that an app names come from registry.example.org or ghcr.io/acme',
      'Services are of type ClusterIP',
    ]);
  });

  it('has a strategy that can be read', () => {
    const [, json = ''] = /```json\n([\s\S]*?)```/.exec(PAGE) ?? [];
    expect(readStrategy(JSON.parse(json).strategy)).toMatchObject({
      ok: true,
      value: { type: 'ProgressivePerGroup', minSuccessMs: 600_000 },
    });
  });
});
