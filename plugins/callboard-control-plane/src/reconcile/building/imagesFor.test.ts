import type { Builder } from '@callboard/plugin-callboard-node';
import type { ReleaseContent } from '../../store';
import { imagesFor, imagesForCluster } from './imagesFor';

const BUNDLE = { web: { web: 'bundle.callboard.dev/shop@sha256:1' } };
const IMAGE = { web: { web: 'registry.example/shop@sha256:2' } };
const NAMED = { web: { web: 'nginx' } };

function release(content: Partial<ReleaseContent>) {
  return {
    app: 'shop',
    number: 3,
    content: { workloads: [], files: {}, images: BUNDLE, ...content },
  };
}
const both = release({ imagesBy: { bundle: BUNDLE, image: IMAGE } });
const bundleOnly = release({ imagesBy: { bundle: BUNDLE } });

describe('imagesFor', () => {
  it.each([
    {
      name: 'what the named builder made',
      given: both,
      builder: 'image',
      expected: IMAGE,
    },
    {
      name: 'what the default builder made',
      given: both,
      byDefault: 'image',
      expected: IMAGE,
    },
    {
      name: 'the environment wins over the default',
      given: both,
      builder: 'bundle',
      byDefault: 'image',
      expected: BUNDLE,
    },
    {
      name: 'named images, whatever the builder',
      given: release({ images: NAMED }),
      builder: 'image',
      expected: NAMED,
    },
    {
      name: 'what there is, where the default has changed since',
      given: bundleOnly,
      byDefault: 'image',
      expected: BUNDLE,
    },
  ])('$name', ({ given, builder, byDefault = 'bundle', expected }) => {
    expect(
      imagesFor(given, { title: 'Production', builder }, byDefault),
    ).toEqual({
      ok: true,
      value: expected,
    });
  });

  it.each([
    {
      name: 'the environment insists on another builder',
      given: bundleOnly,
      builder: 'image',
    },
    {
      name: 'nobody knows which of several is meant',
      given: both,
      builder: undefined,
    },
  ])('refuses where $name', ({ given, builder }) => {
    expect(
      imagesFor(given, { title: 'Production', builder }, 'given'),
    ).toMatchObject({
      ok: false,
      problem: {
        code: 'release-not-built-for-environment',
        next: expect.stringContaining('Push again'),
      },
    });
  });
});

describe('imagesForCluster', () => {
  const builders = [
    { name: 'bundle', clusters: ['playground'] },
    { name: 'image', clusters: ['kubeconfig', 'agent'] },
  ] as ReadonlyArray<Pick<Builder, 'name' | 'clusters'>> as Builder[];
  const of = (kind: 'playground' | 'agent', defaultBuilder: string) => ({
    kind,
    builders,
    defaultBuilder,
  });
  const dev = { title: 'Development' };

  it('gives simulated clusters bundles and real ones images, side by side', () => {
    for (const byDefault of ['bundle', 'image']) {
      const simulated = imagesForCluster(
        both,
        dev,
        of('playground', byDefault),
      );
      const real = imagesForCluster(both, dev, of('agent', byDefault));
      expect([simulated, real]).toEqual([
        { ok: true, value: BUNDLE },
        { ok: true, value: IMAGE },
      ]);
    }
  });

  it('refuses what a cluster cannot run instead of playing it', () => {
    const imageOnly = release({ imagesBy: { image: IMAGE } });
    expect(imagesForCluster(imageOnly, dev, of('playground', 'image'))).toEqual(
      {
        ok: false,
        problem: expect.objectContaining({
          code: 'release-not-built-for-cluster',
          what: 'Cannot run release 3 of "shop" in Development on simulated clusters',
        }),
      },
    );
  });

  it('obeys an environment that names its builder', () => {
    const named = { title: 'Development', builder: 'image' };
    expect(imagesForCluster(both, named, of('playground', 'bundle'))).toEqual({
      ok: true,
      value: IMAGE,
    });
  });
});
