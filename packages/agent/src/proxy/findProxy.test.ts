import { type Proxy, findProxy, nameProxy } from './findProxy';

const HUB = 'wss://portal.example.com/api/callboard/agents/connect';
const P = 'http://proxy:3128';
const show = (proxy: Proxy | undefined) =>
  proxy ? `${proxy.protocol}//${nameProxy(proxy)}` : 'direct';

it.each([
  { name: 'nothing named', env: {}, expected: 'direct' },
  { name: 'TLS', env: { HTTPS_PROXY: P }, expected: P },
  { name: 'small letters', env: { https_proxy: P }, expected: P },
  { name: 'without a scheme', env: { HTTPS_PROXY: 'proxy:3128' }, expected: P },
  {
    name: 'TLS to the proxy',
    env: { HTTPS_PROXY: 'https://proxy' },
    expected: 'https://proxy:443',
  },
  { name: 'for everything', env: { ALL_PROXY: P }, expected: P },
  { name: 'only for plain HTTP', env: { HTTP_PROXY: P }, expected: 'direct' },
  { name: 'empty', env: { HTTPS_PROXY: ' ' }, expected: 'direct' },
])('finds the proxy for TLS: $name', ({ env, expected }) => {
  expect(show(findProxy(HUB, env))).toBe(expected);
});

it('takes the one for plain HTTP where the hub is plain', () => {
  const env = { HTTP_PROXY: P, HTTPS_PROXY: 'http://other:1' };
  expect(show(findProxy('ws://10.0.0.7:7007/connect', env))).toBe(P);
});

it.each([
  { rules: '*', url: HUB, isDirect: true },
  { rules: 'example.com', url: HUB, isDirect: true },
  { rules: '.example.com', url: HUB, isDirect: true },
  { rules: '*.example.com', url: HUB, isDirect: true },
  { rules: 'localhost, PORTAL.example.com', url: HUB, isDirect: true },
  { rules: 'portal.example.com:443', url: HUB, isDirect: true },
  { rules: 'portal.example.com:8443', url: HUB, isDirect: false },
  { rules: 'ample.com', url: HUB, isDirect: false },
  { rules: 'portal', url: HUB, isDirect: false },
  { rules: '10.0.0.0/8', url: 'wss://10.1.2.3/x', isDirect: true },
  { rules: '10.0.0.0/33', url: 'wss://10.1.2.3/x', isDirect: false },
  { rules: '10.0.0.0/8', url: HUB, isDirect: false },
  { rules: '10.1.2.3', url: 'wss://10.1.2.3:8443/x', isDirect: true },
  { rules: '2.3', url: 'wss://10.1.2.3/x', isDirect: false },
  { rules: 'fd00::/8', url: 'wss://[fd00::7]/x', isDirect: true },
  { rules: 'fd00::7', url: 'wss://[fd00::7]/x', isDirect: true },
  { rules: '[fd00::7]:443', url: 'wss://[fd00::7]/x', isDirect: true },
])('goes past the proxy: $rules for $url is $isDirect', given => {
  const proxy = findProxy(given.url, { ALL_PROXY: P, NO_PROXY: given.rules });
  expect(proxy === undefined).toBe(given.isDirect);
});

it('says who we are, and shows it to nobody', () => {
  const proxy = findProxy(HUB, { HTTPS_PROXY: 'http://edge:p%40ss@proxy:1' })!;
  expect(proxy.authorization).toBe(
    `Basic ${Buffer.from('edge:p@ss').toString('base64')}`,
  );
  expect(nameProxy(proxy)).toBe('proxy:1');
});

it.each(['socks5://edge:secret@proxy', 'http://', 'http://edge:se%cret@proxy'])(
  'does not take %s, and does not repeat it',
  value => {
    const find = () => findProxy(HUB, { HTTPS_PROXY: value });
    expect(find).toThrow(/HTTPS_PROXY/);
    expect(find).not.toThrow(/secret|se%cret/);
  },
);
