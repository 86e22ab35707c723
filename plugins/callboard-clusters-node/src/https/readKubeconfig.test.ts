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

function whyOf(
  text: string,
  { context, allowExec }: { context?: string; allowExec?: boolean } = {},
): string {
  const result = readKubeconfig(text, { cluster: 'eu-1', context, allowExec });
  return result.ok
    ? `accepted, ${result.value.renewal?.kind ?? 'as written'}`
    : result.problem.why;
}

it('reads address, CA and credentials of a context', () => {
  const text = kubeconfig('token: t');
  expect(readKubeconfig(text, { cluster: 'eu-1', context: 'work' })).toEqual({
    ok: true,
    value: {
      context: {
        name: 'work',
        server: 'https://api.example.com:6443',
        cluster: {
          server: 'https://api.example.com:6443',
          'certificate-authority-data': base64('CA'),
        },
        user: { token: 't' },
      },
    },
  });
});

const EXEC =
  'exec: { apiVersion: client.authentication.k8s.io/v1, command: aws';
const OIDC = 'idp-issuer-url: "https://issuer", client-id: c';

it.each([
  [`${EXEC} }`, '', 'its kubeconfig uses "exec", and may run no program'],
  [
    'auth-provider: { name: gcp, config: { cmd-path: /bin/sh } }',
    '',
    'its kubeconfig uses "auth-provider", and it is not "oidc"',
  ],
  [
    'auth-provider: { name: exec, config: { exec: { command: sh } } }',
    '',
    'its kubeconfig uses "auth-provider", and it is not "oidc"',
  ],
  [
    `auth-provider: { name: oidc, config: { ${OIDC} } }`,
    '',
    'its kubeconfig uses "auth-provider" without id-token and refresh-token',
  ],
  [
    `auth-provider: { name: oidc, config: { ${OIDC}, refresh-token: r } }`,
    '',
    'accepted, oidc',
  ],
  ['tokenFile: token', '', 'accepted, token-file'],
  [
    'tokenFile: [token]',
    '',
    'its kubeconfig names a tokenFile that is no path',
  ],
  ['token: t, as: admin', '', 'its kubeconfig uses "as"'],
  [
    'token: t',
    ', proxy-url: "http://169.254.169.254"',
    'its kubeconfig uses "proxy-url"',
  ],
  ['token: t', '', 'accepted, as written'],
  [
    `token: t, ${EXEC} }`,
    '',
    'its kubeconfig names more than one way to sign in',
  ],
])(
  'decides what a file without permission may do: %s%s',
  (user, cluster, expected) => {
    expect(whyOf(kubeconfig(user, cluster))).toBe(expected);
  },
);

it.each([
  [`${EXEC} }`, 'accepted, exec'],
  [
    'exec: { command: aws }',
    'its kubeconfig asks for a version of ExecCredential that is not known',
  ],
  [
    'exec: { apiVersion: client.authentication.k8s.io/v1 }',
    'its kubeconfig names no command under "exec"',
  ],
  [
    `${EXEC}, interactiveMode: Always }`,
    'its kubeconfig names a program that needs a person at a terminal (interactiveMode: Always)',
  ],
  [
    `${EXEC}, args: [{ a: b }] }`,
    'its kubeconfig names arguments or variables under "exec" that are no texts',
  ],
  [
    `${EXEC}, env: [{ name: "A=B", value: c }] }`,
    'its kubeconfig names arguments or variables under "exec" that are no texts',
  ],
  [
    `${EXEC}, args: ["a\\0b"] }`,
    'its kubeconfig names arguments or variables under "exec" that are no texts',
  ],
])('reads the program of a file that may run one: %s', (user, expected) => {
  expect(whyOf(kubeconfig(user), { allowExec: true })).toBe(expected);
});

const BETA = 'apiVersion: client.authentication.k8s.io/v1beta1';

it.each([
  {
    name: 'EKS, by aws eks update-kubeconfig',
    user: `exec: { ${BETA}, command: aws, args: [--region, eu-west-1, eks, get-token, --cluster-name, prod, --output, json] }`,
    env: {},
  },
  {
    name: 'EKS with a profile',
    user: `exec: { ${BETA}, command: aws, args: [eks, get-token], env: [{ name: AWS_PROFILE, value: prod }], interactiveMode: IfAvailable }`,
    env: { AWS_PROFILE: 'prod' },
  },
  {
    name: 'GKE, by gcloud container clusters get-credentials',
    user: `exec: { ${BETA}, command: gke-gcloud-auth-plugin, installHint: "Install it: https://example.com", provideClusterInfo: true }`,
    env: {},
  },
  {
    name: 'AKS, by kubelogin convert-kubeconfig',
    user: `exec: { ${BETA}, command: kubelogin, args: [get-token, --login, workloadidentity, --server-id, 6dae42f8], env: null, provideClusterInfo: false }`,
    env: {},
  },
])('takes what suppliers write: $name', ({ user, env }) => {
  const read = readKubeconfig(kubeconfig(user), {
    cluster: 'eu-1',
    allowExec: true,
  });
  expect(read).toMatchObject({
    ok: true,
    value: {
      renewal: {
        kind: 'exec',
        plugin: {
          apiVersion: 'client.authentication.k8s.io/v1beta1',
          env,
        },
      },
    },
  });
});

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
    expected: 'its kubeconfig does not describe the cluster of context "lost"',
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
  expect(whyOf(text, { context })).toBe(expected);
});

it('never quotes a credential', () => {
  const text = kubeconfig('token: hunter2, exec: { command: hunter2 }');
  expect(
    JSON.stringify(readKubeconfig(text, { cluster: 'eu-1' })),
  ).not.toContain('hunter2');
});
