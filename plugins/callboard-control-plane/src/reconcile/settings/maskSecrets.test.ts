import { maskOf } from './maskSecrets';

const SECRET = 'p+"/%\\ key';
const PEM = '-----BEGIN KEY-----\nAAAABBBBCCCC\nend\n';

describe('known secrets', () => {
  const mask = maskOf([SECRET, PEM, 'Healthy', 'abc']);

  it.each([
    ['as it is', `uses ${SECRET}.`, 'uses •••.'],
    ['in JSON', JSON.stringify({ k: SECRET }), '{"k":"•••"}'],
    ['in an address', `?k=${encodeURIComponent(SECRET)}&`, '?k=•••&'],
    [
      'in base64',
      `Basic ${Buffer.from(SECRET).toString('base64')}`,
      expect.stringMatching(/^Basic •••=*$/),
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
