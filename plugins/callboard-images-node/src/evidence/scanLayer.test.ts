import { countTurns } from '@callboard/testing';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { writeJson } from '@callboard/plugin-callboard-node';
import { pack } from 'tar-stream';
import { renderSbom } from './renderSbom';
import { type LayerScan, mergeScans, scanLayer } from './scanLayer';

const LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip';

async function layer(files: Record<string, string>): Promise<LayerScan> {
  const tar = pack();
  for (const [name, text] of Object.entries(files)) tar.entry({ name }, text);
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  return scanLayer(Readable.from([gzipSync(Buffer.concat(chunks))]), LAYER);
}

const packageNamed = (name: string, more = '') =>
  `Package: ${name}\nStatus: install ok installed\nVersion: 1.0\n${more}\n`;
const manifest = (name: string, fields: object = {}) =>
  JSON.stringify({ name, version: '1.0.0', ...fields });
const names = async (...scans: LayerScan[]) =>
  (await mergeScans(scans)).packages.map(({ name }) => name);

it('finds packages of Debian, Alpine and npm', async () => {
  const scan = await layer({
    './var/lib/dpkg/status': `${packageNamed(
      'libc6',
      'Description: a\n long one\n',
    )}Package: gone\nStatus: deinstall ok config-files\nVersion: 1\n`,
    'lib/apk/db/installed': 'P:musl\nV:1.2.4-r2\nL:MIT\n\nP:zlib\nV:1.3\n',
    'app/node_modules/@team/a/package.json': manifest('@team/a', {
      license: 'MIT',
    }),
    'app/node_modules/a/lib/package.json': manifest('no-package'),
  });
  expect((await mergeScans([scan])).packages).toEqual([
    { name: '@team/a', version: '1.0.0', license: 'MIT' },
    { ecosystem: 'apk', name: 'musl', version: '1.2.4-r2', license: 'MIT' },
    { ecosystem: 'apk', name: 'zlib', version: '1.3' },
    { ecosystem: 'deb', name: 'libc6', version: '1.0' },
  ]);
});

it.each([
  ['a file', 'app/node_modules/.wh.a', ['b', 'c']],
  ['what was in a folder', 'app/.wh..wh..opq', ['c']],
  ['a folder', '.wh.app', ['c']],
  ['everything', '.wh..wh..opq', []],
])('a layer takes away %s of those below', async (_, whiteout, left) => {
  const below = await layer({
    'app/node_modules/a/package.json': manifest('a'),
    'app/node_modules/b/package.json': manifest('b'),
    'node_modules/c/package.json': manifest('c'),
  });
  expect(await names(below, await layer({ [whiteout]: '' }))).toEqual(left);
});

it('a layer replaces a list of packages of those below', async () => {
  const status = 'var/lib/dpkg/status';
  const below = await layer({ [status]: packageNamed('a') });
  expect(await names(below, await layer({ [status]: '' }))).toEqual([]);
});

it.each([
  ['a manifest of 1 MB', manifest('a', { readme: 'x'.repeat(1e6) })],
  ['a name of 100,000 characters', manifest('a'.repeat(1e5))],
])('takes %s for no package', async (_, text) => {
  const scan = await layer({ 'node_modules/a/package.json': text });
  expect(scan.packages).toEqual([]);
});

describe('an image of many packages', () => {
  const status = Array.from({ length: 60_000 }, (_, index) =>
    packageNamed(`package-${index}`, `Description: ${'x'.repeat(60)}\n`),
  ).join('');

  it('is read, merged and written with turns for others between', async () => {
    let scan: LayerScan;
    const work = async () => {
      scan = await layer({
        'var/lib/dpkg/status': status,
        ...Object.fromEntries(
          Array.from({ length: 2_000 }, (_, index) => [`var/.wh.${index}`, '']),
        ),
      });
    };
    expect(await countTurns(work)).toBeGreaterThan(50);
    const { packages, isComplete } = await mergeScans([scan!, scan!]);
    expect([packages.length, isComplete]).toEqual([30_000, false]);
    const sbom = renderSbom({
      app: 'shop',
      revision: 'a'.repeat(40),
      bases: [],
      packages,
      isIncomplete: !isComplete,
    });
    let text = '';
    const written = async () => {
      for await (const chunk of writeJson(sbom)) text += chunk;
    };
    expect(await countTurns(written)).toBeGreaterThan(20);
    const { components, compositions } = JSON.parse(text);
    expect(components).toHaveLength(30_000);
    expect(compositions).toEqual([
      { aggregate: 'incomplete', assemblies: ['shop'] },
    ]);
  });

  it('merges many files with many that are taken away', async () => {
    const files = Array.from({ length: 20_000 }, (_, index) => `a/b/${index}`);
    const below = { files, packages: [], removed: [] };
    const above = {
      files: [],
      packages: [],
      removed: files.map(path => `x${path}`),
    };
    const before = process.cpuUsage();
    await mergeScans([below, above]);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(5_000); // one by one they are 400,000,000
  });
});
