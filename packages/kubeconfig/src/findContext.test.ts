import { decodeData, findContext } from './findContext';

const CONFIG = {
  'current-context': 'work',
  contexts: [
    { name: 'work', context: { cluster: 'c', user: 'u' } },
    { name: 'lost', context: { cluster: 'nowhere', user: 'u' } },
    { name: 'empty', context: { cluster: 'bare' } },
  ],
  clusters: [
    { name: 'c', cluster: { server: 'https://api.example.com' } },
    { name: 'bare', cluster: {} },
  ],
  users: [{ name: 'u', user: { token: 't' } }],
};

it('finds the current context, and one by its name', () => {
  const found = {
    ok: true,
    value: {
      name: 'work',
      server: 'https://api.example.com',
      cluster: { server: 'https://api.example.com' },
      user: { token: 't' },
    },
  };
  expect(findContext(CONFIG)).toEqual(found);
  expect(findContext(CONFIG, 'work')).toEqual(found);
});

it.each([
  ['an unknown context', CONFIG, 'home', 'has no context "home"'],
  [
    'a long name',
    CONFIG,
    'x'.repeat(200),
    `has no context "${'x'.repeat(100)}…"`,
  ],
  [
    'a context without its cluster',
    CONFIG,
    'lost',
    'does not describe the cluster of context "lost"',
  ],
  [
    'a cluster without an address',
    CONFIG,
    'empty',
    'names no server for the cluster of context "empty"',
  ],
  ['no context', { contexts: [] }, undefined, 'has no current-context'],
  ['something else', ['a'], undefined, 'has no current-context'],
])('says what is missing: %s', (_, config, name, lacks) => {
  expect(findContext(config, name)).toMatchObject({ ok: false, lacks });
});

it('decodes what is written in Base64, and nothing else', () => {
  expect([decodeData('Q0E='), decodeData(''), decodeData(7)]).toEqual([
    'CA',
    undefined,
    undefined,
  ]);
});
