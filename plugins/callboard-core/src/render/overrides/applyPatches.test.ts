import {
  PATCHABLE_FIELDS,
  type WorkloadPatches,
  isRecord,
  parseAppFile,
} from '@callboard/plugin-callboard-common';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { applyPatches } from './applyPatches';

const FIXTURES = join(__dirname, '../__fixtures__');

/** Patches of the goldens, which a real API server has been given. */
const PATCHES = readdirSync(FIXTURES)
  .filter(file => /^patched-.*\.input\.yaml$/.test(file))
  .flatMap(file => {
    const [settings] = readFileSync(join(FIXTURES, file), 'utf8').split(
      '---\n',
    );
    const { patches } = parse(settings) as { patches: WorkloadPatches[] };
    return patches.map((each, index) => ({ name: `${file} ${index}`, each }));
  });

it.each(PATCHES)('is taken by app.yaml: $name', ({ each }) => {
  const text = JSON.stringify({
    apiVersion: 'callboard.dev/v1alpha1',
    kind: 'App',
    metadata: { name: 'shop' },
    spec: {
      environments: [
        { name: 'dev', overrides: [{ clusters: {}, patches: { web: each } }] },
      ],
    },
  });
  expect(parseAppFile(text, { file: 'app.yaml' })).toMatchObject({ ok: true });
});

it('has a golden of every field that can be patched', () => {
  const shown = PATCHES.flatMap(({ each }) =>
    Object.entries(each).flatMap(([kind, sections]) =>
      Object.entries(sections ?? {}).flatMap(([section, fields]) =>
        Object.keys(isRecord(fields) ? fields : {}).map(
          field => `${kind}.${section}.${field}`,
        ),
      ),
    ),
  );
  expect([...new Set(shown)].sort()).toEqual([...PATCHABLE_FIELDS]);
});

it('makes nothing that is not there, and leaves what it was given', () => {
  const object = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', annotations: { a: '1', b: '2' } },
    spec: { template: { spec: { containers: [{ name: 'main' }] } } },
  };
  const before = structuredClone(object);
  const patched = applyPatches(
    [object],
    [
      {
        Deployment: { metadata: { annotations: { a: null, c: '3' } } },
        HorizontalPodAutoscaler: { spec: { behavior: {} } },
        Pod: {
          spec: {
            containers: {
              main: { livenessProbe: { periodSeconds: 9 } },
              other: { livenessProbe: { periodSeconds: 9 } },
            },
          },
        },
      },
      { Deployment: { metadata: { annotations: null } } },
      { Deployment: { metadata: { annotations: { d: '4' } } } },
    ],
  );
  expect(patched).toEqual([
    { ...before, metadata: { name: 'web', annotations: { d: '4' } } },
  ]);
  expect(object).toEqual(before);
});
