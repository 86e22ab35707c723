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

it('reads manifests, indexes and configurations', () => {
  expect(readImageDocument(bytes(manifest))).toEqual(manifest);
  const index = { manifests: [{ ...descriptor, platform: null }] };
  expect(readImageDocument(bytes(index))).toEqual(index);
  expect(readIndexEntries(JSON.stringify(index))).toEqual(index.manifests);
  const rootfs = { type: 'layers', diff_ids: [descriptor.digest] };
  expect(readImageConfig(bytes({ rootfs, config: null }))).toEqual({
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
])('takes %s for no document of an image', (_, value) => {
  expect(readImageDocument(bytes(value))).toBeUndefined();
});
