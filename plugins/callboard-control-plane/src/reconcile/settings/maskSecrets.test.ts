import type { SecretMask } from './SecretMasks';
import { prepareMask } from './maskSecrets';

const SECRET = 'p+"/%\\ key';
const PEM = '-----BEGIN KEY-----\nAAAABBBBCCCC\nend\n';
const LONG = `shop${'0123456789'.repeat(10)}`;

/** The mask at once, whatever it takes. */
function maskOf(secrets: readonly string[]): SecretMask {
  const work = prepareMask(secrets);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value.mask;
  }
}

describe('known secrets', () => {
  const mask = maskOf([SECRET, PEM, LONG, 'k3y-of-the-shop', 'Healthy', 'abc']);

  it.each([
    ['as it is', `uses ${SECRET}.`, 'uses •••.'],
    ['in JSON', JSON.stringify({ k: SECRET }), '{"k":"•••"}'],
    ['in an address', `?k=${encodeURIComponent(SECRET)}&`, '?k=•••&'],
    [
      'in base64',
      `Basic ${Buffer.from(SECRET).toString('base64')}`,
      expect.stringMatching(/^Basic •••=*$/),
    ],
    [
      'in an address of base64',
      `?k=${encodeURIComponent(Buffer.from(SECRET).toString('base64'))}`,
      expect.stringMatching(/^\?k=•••(%3D)*$/),
    ],
    [
      'in a line of JSON told in JSON',
      JSON.stringify(JSON.stringify({ k: SECRET })),
      '"{\\"k\\":\\"•••\\"}"',
    ],
    [
      'in base64 that is broken into lines',
      Buffer.from(`a ${SECRET}`).toString('base64').replace(/.{6}/g, '$&\n'),
      expect.stringMatching(/^YS•••=*$/),
    ],
    [
      'in what is left of it',
      `found ${LONG.slice(0, 60)} only`,
      'found ••• only',
    ],
    [
      'in more than one place',
      `${SECRET}${SECRET} ${LONG}, Healthy`,
      '••• •••, •••',
    ],
    [
      'one within another',
      `${'k3y-of-the-shop'}${LONG.slice('shop'.length)}`,
      '•••',
    ],
    ['line by line', 'read AAAABBBBCCCC', 'read •••'],
    [
      'where a text was cut',
      `${'x'.repeat(300)}${SECRET.slice(0, 6)}…`,
      `${'x'.repeat(300)}•••`,
    ],
    ['but not what is part of every word', 'abc, end', 'abc, end'],
  ])('are hidden %s', (_, text, expected) => {
    expect(mask(text)).toEqual(expected);
  });

  describe.each(['base64', 'base64url'] as const)('in %s', encoding => {
    // It looks different at each of three places.
    it.each(['', 'a', 'ab', 'abc', 'user:', 'schlüssel:'])(
      'are hidden behind "%s"',
      before => {
        for (const secret of [SECRET, 'Healthy', LONG, 'grün/ÿ€→key']) {
          const text = Buffer.from(`${before}${secret}!`).toString(encoding);
          const masked = maskOf([secret])(`Basic ${text} was refused`);
          expect(masked).toMatch(/^Basic [\w+/-]*•••[\w+/-]*=* was refused$/);
          const [, start, end] = /^Basic (.*)•••(.*) was/.exec(masked)!;
          expect(start).toBe(text.slice(0, start.length));
          expect(start.length).toBe(
            Math.floor((Buffer.byteLength(before) * 4) / 3),
          );
          expect(end.length).toBeLessThanOrEqual(4);
        }
      },
    );
  });

  it('leave a text as it is that holds none of them', () => {
    const text = `${Buffer.from('user:another').toString('base64')} %2f \\/ …`;
    expect(mask(text)).toBe(text);
    expect(mask(text.repeat(20))).toBe(text.repeat(20));
  });

  it('are looked for at a bounded cost: what is beyond it is hidden', () => {
    const like = (end: string) => `${'a'.repeat(40)}${end}`;
    const secrets = Array.from({ length: 200 }, (_, index) =>
      like(`b${index}`),
    );
    const text = 'a'.repeat(60_000);
    expect(maskOf(secrets)(`${text} b`)).toMatch(/^a+•••$/);
    expect(maskOf(['a'.repeat(32_768)])(text)).toBe('•••');
  });

  it('are prepared in steps that grow with none of them', () => {
    const lines = Array.from({ length: 5_000 }, (_, index) => `line+${index}`);
    const work = prepareMask([lines.join('\n'), ...lines, 'p'.repeat(32_768)]);
    let steps = 0;
    for (let step = work.next(); !step.done; step = work.next()) steps += 1;
    expect(steps).toBeGreaterThan(2);
    expect(maskOf(lines)('a line+77 b')).toBe('a ••• b');
  });

  it('are hidden in words, and not in what is compared', () => {
    const finding = { code: 'Healthy', what: 'is Healthy', logTail: [SECRET] };
    expect(
      mask({ health: { status: 'Healthy' }, findings: [finding] }),
    ).toEqual({
      health: { status: 'Healthy' },
      findings: [{ code: 'Healthy', what: 'is •••', logTail: ['•••'] }],
    });
  });
});
