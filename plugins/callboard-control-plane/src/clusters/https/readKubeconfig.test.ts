import { readKubeconfig } from './readKubeconfig';

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** A kubeconfig whose user and cluster are as given. */
function kubeconfig(user: string, cluster = ''): string {
  return `apiVersion: v1
kind: Config
current-context: work
contexts:
- { name: work, context: { cluster: c, user: u } }
- { name: lost, context: { cluster: nowhere, user: u } }
clusters:
- name: c
  cluster: { server: "https://api.example.com:6443", certificate-authority-data: ${base64(
    'CA',
  )}${cluster} }
users:
- name: u
  user: { ${user} }
`;
}

function whyOf(text: string, context?: string): string {
  const result = readKubeconfig(text, { cluster: 'eu-1', context });
  return result.ok ? 'accepted' : result.problem.why;
}

it('reads address, CA and credentials of a context', () => {
  const text = kubeconfig(
    `token: t, client-certificate-data: ${base64(
      'CERT',
    )}, client-key-data: ${base64('KEY')}`,
  );
  expect(readKubeconfig(text, { cluster: 'eu-1', context: 'work' })).toEqual({
    ok: true,
    value: {
      cluster: 'eu-1',
      server: 'https://api.example.com:6443',
      skipTLSVerify: false,
      ca: 'CA',
      certificate: 'CERT',
      key: 'KEY',
      token: 't',
    },
  });
});

it.each([
  [
    'exec: { command: rm, args: ["-rf", "/"] }',
    '',
    'its kubeconfig uses "exec"',
  ],
  ['auth-provider: { name: gcp }', '', 'its kubeconfig uses "auth-provider"'],
  ['tokenFile: /var/run/secrets/token', '', 'its kubeconfig uses "tokenFile"'],
  [
    'client-certificate: /etc/passwd',
    '',
    'its kubeconfig uses "client-certificate"',
  ],
  ['client-key: /etc/shadow', '', 'its kubeconfig uses "client-key"'],
  ['token: t, as: admin', '', 'its kubeconfig uses "as"'],
  [
    'token: t',
    ', certificate-authority: /etc/passwd',
    'its kubeconfig uses "certificate-authority"',
  ],
  [
    'token: t',
    ', proxy-url: "http://169.254.169.254"',
    'its kubeconfig uses "proxy-url"',
  ],
  ['token: t', '', 'accepted'],
])(
  'refuses what would run programs or read files: %s%s',
  (user, cluster, expected) => {
    expect(whyOf(kubeconfig(user, cluster))).toBe(expected);
  },
);

it.each([
  {
    name: 'an unknown context',
    text: kubeconfig('token: t'),
    context: 'home',
    expected: 'its kubeconfig has no context "home"',
  },
  {
    name: 'a context without its cluster',
    text: kubeconfig('token: t'),
    context: 'lost',
    expected:
      'context "lost" names a cluster that the kubeconfig does not describe',
  },
  {
    name: 'no YAML',
    text: 'a: [',
    expected: 'its kubeconfig is not valid YAML',
  },
  {
    name: 'something else',
    text: '- a',
    expected: 'its kubeconfig is not valid YAML',
  },
  {
    name: 'no context',
    text: 'kind: Config',
    expected: 'its kubeconfig has no current-context',
  },
  {
    name: 'too much',
    text: `a: ${'x'.repeat(2_000_000)}`,
    expected: 'its kubeconfig is not valid YAML',
  },
  {
    name: 'a YAML bomb',
    text: `a: &a [x, x]\n${'bcdefghijk'
      .split('')
      .map(
        (name, i, all) =>
          `${name}: &${name} [${`*${i === 0 ? 'a' : all[i - 1]}, `.repeat(
            20,
          )}]`,
      )
      .join('\n')}`,
    expected: 'its kubeconfig is not valid YAML',
  },
])('says what is wrong with $name', ({ text, context, expected }) => {
  expect(whyOf(text, context)).toBe(expected);
});

it('never quotes a credential', () => {
  const text = kubeconfig('token: hunter2, exec: { command: hunter2 }');
  expect(
    JSON.stringify(readKubeconfig(text, { cluster: 'eu-1' })),
  ).not.toContain('hunter2');
});
