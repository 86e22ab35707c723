import { createHash } from 'crypto';
import fc from 'fast-check';
import { namespaceOf } from './namespaceOf';
import { sha256 } from './sha256';

const label = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
const environment = label.filter(name => !name.includes('--'));

describe('namespaceOf', () => {
  it('joins app and environment', () => {
    expect(namespaceOf('shop', 'prod')).toBe('shop--prod');
  });

  it('is always a DNS label', () => {
    fc.assert(
      fc.property(label, environment, (app, env) => {
        expect(namespaceOf(app, env)).toMatch(
          /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
        );
      }),
    );
  });

  it('is different for different pairs', () => {
    const pair = fc.tuple(label, environment);
    fc.assert(
      fc.property(pair, pair, ([app, env], [otherApp, otherEnv]) => {
        fc.pre(app !== otherApp || env !== otherEnv);
        expect(namespaceOf(app, env)).not.toBe(namespaceOf(otherApp, otherEnv));
      }),
    );
  });

  it('keeps an app whose name has two dashes apart from its look-alike', () => {
    const long = 'a'.repeat(50);
    expect(namespaceOf(`${long}--x`, 'production-of-europe')).not.toBe(
      namespaceOf(`${long}-x`, 'production-of-europe'),
    );
  });

  it('gives a name that is cut no look of one that is not', () => {
    const app = `${'a'.repeat(20)}--${'b'.repeat(41)}`;
    expect(namespaceOf(app, 'prod')).toMatch(/^a{20}-b{25}-[0-9a-f]{16}$/);
  });
});

describe('sha256', () => {
  it.each([
    '',
    'abc',
    'ä€😀'.repeat(77),
    'x'.repeat(55),
    'x'.repeat(56),
    'x'.repeat(64),
    'x'.repeat(10_000),
  ])('agrees with the platform on %p', text => {
    expect(sha256(text)).toBe(createHash('sha256').update(text).digest('hex'));
  });

  it('agrees on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), text => {
        expect(sha256(text)).toBe(
          createHash('sha256').update(text).digest('hex'),
        );
      }),
    );
  });
});
