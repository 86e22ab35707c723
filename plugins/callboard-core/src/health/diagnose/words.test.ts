import { describeAmount } from '@callboard/plugin-callboard-common';
import { readAmount } from './amounts';
import { maskLines, maskSecrets } from './maskSecrets';
import { readLines, tailOf } from './output';

describe('maskSecrets', () => {
  it.each([
    ['DB_PASSWORD=hunter2', 'DB_PASSWORD=***'],
    ['password: hunter2, user: shop', 'password: ***, user: shop'],
    ['{"apiKey": "abc def", "port": 80}', '{"apiKey": "***", "port": 80}'],
    ["secret='a b'", "secret='***'"],
    ['client_secret => xyz;', 'client_secret => ***;'],
    ['--token s3cr3t --port 80', '--token *** --port 80'],
    ['--password-file /etc/p', '--password-file ***'],
    ['--token --verbose', '--token --verbose'],
    [
      'postgres://shop:hunter2@db:5432/shop',
      'postgres://shop:***@db:5432/shop',
    ],
    ['https://db:5432/shop', 'https://db:5432/shop'],
    ['Authorization: Bearer abcdef123456', 'Authorization: Bearer ***'],
    ['authorization: Basic dXNlcjpwYXNz', 'authorization: Basic ***'],
    ['Authorization: ApiKey-xyz', 'Authorization: ***'],
    ['Set-Cookie: sid=abc; Path=/', 'Set-Cookie: ***'],
    ['got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc-def', 'got ***'],
    ['key AKIAIOSFODNN7EXAMPLE used', 'key *** used'],
    ['ghp_0123456789abcdefghijklmn', '***'],
    ['pushed with cbt_0123456789-abcdefghi_jklmn.', 'pushed with ***.'],
    ['glpat-0123456789abcdefghij', '***'],
    ['xoxb-1234567890-abcdef', '***'],
    ['listening on 8080', 'listening on 8080'],
    ['the secret "db" does not exist', 'the secret "db" does not exist'],
    ['Cannot find module "token-store"', 'Cannot find module "token-store"'],
  ])('%s becomes %s', (text, expected) => {
    expect(maskSecrets(text)).toBe(expected);
  });

  it('takes no longer on hostile text', () => {
    const hostile = [
      `password${'='.repeat(50_000)}`,
      `${'a.'.repeat(25_000)}secret`,
      `${'x:'.repeat(25_000)}@`,
      `token ${'"'.repeat(50_000)}`,
    ];
    const begun = performance.now();
    for (const text of hostile)
      expect(maskSecrets(text).length).toBeLessThanOrEqual(4_100);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  it('hides keys that span lines', () => {
    expect(
      maskLines([
        'start',
        '-----BEGIN RSA PRIVATE KEY-----',
        'MIIE',
        '-----END RSA PRIVATE KEY-----',
        'end',
      ]),
    ).toEqual(['start', '***', '***', '***', 'end']);
  });

  it('hides a key whose begin was left out', () => {
    expect(
      maskLines([
        'MIIE',
        '-----END RSA PRIVATE KEY-----',
        'between',
        '-----BEGIN RSA PRIVATE KEY-----',
        'MIIE',
      ]),
    ).toEqual(['***', '***', 'between', '***', '***']);
  });
});

describe('tailOf', () => {
  it.each([
    { name: 'nothing', output: undefined, expected: [] },
    { name: 'empty', output: '', expected: [] },
    {
      name: 'lines of either kind, empty ends dropped',
      output: 'a\r\nb\n\n\n',
      expected: ['a', 'b'],
    },
    {
      name: 'colours',
      output: '\u001b[31mred\u001b[0m\u0007',
      expected: ['red'],
    },
    {
      name: 'what the cluster says when it has nothing',
      output: 'web-1: unable to retrieve container logs for containerd://x',
      expected: [],
    },
  ])('$name', ({ output, expected }) =>
    expect(tailOf(readLines(output))).toEqual(expected),
  );

  it('keeps the last 20 lines of 500 characters', () => {
    const tail = tailOf(
      readLines(
        Array.from(
          { length: 100 },
          (_, index) => `${index} ${'x'.repeat(1_000)}`,
        ).join('\n'),
      ),
    );
    expect(tail).toHaveLength(20);
    expect(tail[19]).toMatch(/^99 x+…$/);
    expect(Math.max(...tail.map(line => line.length))).toBe(500);
  });

  it('hides a key that began above the tail', () => {
    const lines = [
      '-----BEGIN PRIVATE KEY-----',
      ...Array(30).fill('MIIE'),
      '-----END PRIVATE KEY-----',
      'done',
    ];
    expect(new Set(tailOf(readLines(lines.join('\n'))))).toEqual(
      new Set(['***', 'done']),
    );
  });
});

describe('amounts', () => {
  it.each([
    ['cpu', '500m', '0.5 CPU'],
    ['cpu', 2, '2 CPU'],
    ['memory', '64Mi', '64 MiB'],
    ['memory', '1500M', '1.4 GiB'],
    ['memory', '12', '12 B'],
    ['example.com/gpu', '3', '3'],
  ])('%s %s is %s', (resource, value, expected) => {
    expect(describeAmount(resource, readAmount(resource, value) ?? -1)).toBe(
      expected,
    );
  });

  it('is undefined for what is no amount', () => {
    expect(readAmount('cpu', 'many')).toBeUndefined();
    expect(readAmount('memory', undefined)).toBeUndefined();
  });
});
