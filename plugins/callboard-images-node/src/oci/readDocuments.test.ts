import { countTurns } from '@callboard/testing';
import {
  readImageConfig,
  readImageDocument,
  readIndexEntries,
} from './readDocuments';

const descriptor = {
  mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
  digest: `sha256:${'a'.repeat(64)}`,
  size: 4,
};
const manifest = { schemaVersion: 2, config: descriptor, layers: [descriptor] };
const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));

it('reads manifests, indexes and configurations', async () => {
  expect(await readImageDocument(bytes(manifest))).toEqual(manifest);
  const index = { manifests: [{ ...descriptor, platform: null }] };
  expect(await readImageDocument(bytes(index))).toEqual(index);
  expect(await readIndexEntries(bytes(index))).toEqual(index.manifests);
  const rootfs = { type: 'layers', diff_ids: [descriptor.digest] };
  expect(await readImageConfig(bytes({ rootfs, config: null }))).toEqual({
    rootfs,
    config: {},
  });
});

it.each<[string, unknown]>([
  ['nothing', null],
  ['a list', []],
  ['an entry that is nothing', { manifests: [null] }],
  ['an entry without a digest', { manifests: [{ ...descriptor, digest: 1 }] }],
  [
    'a digest that leads elsewhere',
    {
      ...manifest,
      layers: [{ ...descriptor, digest: 'sha256:../../../etc/x' }],
    },
  ],
  [
    'a size below nothing',
    { ...manifest, config: { ...descriptor, size: -1 } },
  ],
  ['no layers', { config: descriptor }],
  ['a type that is no text', { ...manifest, mediaType: {} }],
])('takes %s for no document of an image', async (_, value) => {
  expect(await readImageDocument(bytes(value))).toBeUndefined();
});

describe('a long index', () => {
  const indexOf = (entries: number) =>
    bytes({ manifests: Array(entries).fill(descriptor) });

  it('is read with turns for others between', async () => {
    const long = indexOf(9_000);
    expect(long.length).toBeGreaterThan(1e6);
    let document: unknown;
    const turns = await countTurns(async () => {
      document = await readImageDocument(long);
    });
    expect(document).toEqual({ manifests: Array(9_000).fill(descriptor) });
    expect(turns).toBeGreaterThan(8);
  });

  it('of more than anybody attaches is refused', async () => {
    expect(await readImageDocument(indexOf(11_000))).toBeUndefined();
  });
});
