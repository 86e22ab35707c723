import {
  type BlueprintFile,
  type ClusterFile,
  type EnvironmentFile,
  type PlatformFile,
  parsePlatformFiles,
} from '@callboard/plugin-callboard-common';
import { readFileSync, readdirSync } from 'fs';
import { join } from 'path';
import { findRepository } from '../__testUtils__/findRepository';
import { resolveEnvironments } from '../environment';
import { renderBlueprint, resolveBlueprint } from '.';

const CATALOG = join(findRepository(), 'catalog');

function readCatalog<T extends PlatformFile>(folder: string): T[] {
  return readdirSync(join(CATALOG, folder))
    .sort()
    .flatMap(name => {
      const file = join(folder, name);
      const parsed = parsePlatformFiles(
        readFileSync(join(CATALOG, file), 'utf8'),
        { file },
      );
      if (!parsed.ok)
        throw new Error(`${parsed.problem.what}: ${parsed.problem.why}`);
      return parsed.value as T[];
    });
}

describe('the catalog of the playground', () => {
  const clusters = readCatalog<ClusterFile>('clusters');
  const blueprints = readCatalog<BlueprintFile>('blueprints');
  const environments = readCatalog<EnvironmentFile>('environments');

  it('has eight clusters in files of their names', () => {
    expect(
      clusters.map(
        ({ metadata: { name, labels } }) =>
          `${name} ${labels?.env} ${labels?.region}`,
      ),
    ).toEqual([
      'ap-1 prod ap',
      'dev-1 dev eu',
      'edge-101 edge eu',
      'edge-102 edge eu',
      'eu-1 prod eu',
      'pci-1 prod eu',
      'staging-1 staging eu',
      'us-1 prod us',
    ]);
    expect(readdirSync(join(CATALOG, 'clusters')).sort()).toEqual(
      clusters.map(c => `${c.metadata.name}.yaml`),
    );
  });

  it('tells the clusters apart by title and by claims', () => {
    expect(new Set(clusters.map(({ metadata }) => metadata.title)).size).toBe(
      8,
    );
    expect(
      new Set(clusters.map(({ spec }) => JSON.stringify(spec.claims))).size,
    ).toBe(8);
  });

  it('keeps ordinary apps off the PCI cluster, and only off that one', () => {
    expect(
      clusters
        .filter(({ spec }) => spec.taints?.length)
        .map(({ metadata, spec }) => [metadata.name, spec.taints]),
    ).toEqual([
      [
        'pci-1',
        [{ key: 'callboard.dev/blueprint', value: 'pci', effect: 'NoSelect' }],
      ],
    ]);
  });

  it('gives every cluster a blueprint that can be resolved', () => {
    for (const { metadata, spec } of clusters) {
      expect({
        cluster: metadata.name,
        ...resolveBlueprint(blueprints, spec.blueprint!),
      }).toMatchObject({
        cluster: metadata.name,
        ok: true,
      });
    }
  });

  it.each([
    {
      name: 'golden',
      drift: 'DetectAndNotify',
      addons:
        'golden/platform-namespace golden/priorities golden/platform-limits golden/network golden/support',
    },
    {
      name: 'pci',
      drift: 'BlockAndNotify',
      addons:
        'golden/platform-namespace golden/priorities golden/platform-limits pci/network golden/support pci/card-data pci/scope',
    },
    {
      name: 'edge',
      drift: 'DetectAndNotify',
      addons:
        'golden/platform-namespace golden/priorities edge/platform-limits golden/network golden/support edge/store',
    },
  ])('$name brings $addons', ({ name, drift, addons }) => {
    const resolved = resolveBlueprint(blueprints, name);
    if (!resolved.ok) throw new Error(resolved.problem.why);
    expect(resolved.value.drift).toBe(drift);
    expect(
      resolved.value.addons
        .map(addon => `${addon.from}/${addon.name}`)
        .join(' '),
    ).toBe(addons);
    for (const { objects } of renderBlueprint(resolved.value)) {
      expect(objects.length).toBeGreaterThan(0);
      for (const object of objects) {
        expect(object.metadata.labels).toMatchObject({
          'app.kubernetes.io/managed-by': 'callboard',
          'callboard.dev/blueprint': name,
        });
      }
    }
  });

  it('names every object of a blueprint once', () => {
    for (const { metadata } of blueprints) {
      const resolved = resolveBlueprint(blueprints, metadata.name);
      if (!resolved.ok) throw new Error(resolved.problem.why);
      const names = renderBlueprint(resolved.value).flatMap(({ objects }) =>
        objects.map(
          o => `${o.kind} ${o.metadata.namespace ?? ''}/${o.metadata.name}`,
        ),
      );
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it('promotes from dev to prod', () => {
    const resolved = resolveEnvironments(environments);
    if (!resolved.ok) throw new Error(resolved.problem.why);
    expect(
      resolved.value.map(({ name, order, promotion, placement }) => ({
        name,
        order,
        from: promotion?.from,
        clusters: placement.numberOfClusters,
      })),
    ).toEqual([
      { name: 'dev', order: 1, from: undefined, clusters: 1 },
      { name: 'prod', order: 2, from: 'dev', clusters: 3 },
    ]);
  });
});
