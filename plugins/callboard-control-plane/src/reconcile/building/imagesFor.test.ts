import type { ReleaseContent } from '../../store';
import { imagesFor } from './imagesFor';

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
    expect(imagesFor(given, { name: 'prod', builder }, byDefault)).toEqual({
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
    expect(imagesFor(given, { name: 'prod', builder }, 'given')).toMatchObject({
      ok: false,
      problem: {
        code: 'release-not-built-for-environment',
        next: expect.stringContaining('Push again'),
      },
    });
  });
});
