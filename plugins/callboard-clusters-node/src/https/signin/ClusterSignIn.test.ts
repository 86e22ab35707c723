import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProblemError } from '@callboard/plugin-callboard-common';
import { RequestQueue } from '../../connection/RequestQueue';
import { ClusterSignIn, type KubeconfigFile } from './ClusterSignIn';
import type { PluginCommand, PluginOutcome } from './runPlugin';
import { runPlugin } from './runPlugin';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const SECRET = 'hunter2-of-the-plugin';
const V1 = 'client.authentication.k8s.io/v1';
const NOW_MS = Date.parse('2026-11-21T12:00:00Z');

let top: string;
let folder: string;
let file: string;
let nowMs: number;
/** Plugins that were started, and what the next one prints. */
let started: PluginCommand[];
let prints: () => PluginOutcome | Promise<PluginOutcome>;
let env: NodeJS.ProcessEnv;
let program: typeof runPlugin;

beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'callboard-sign-in-')));
  folder = join(top, 'kubeconfigs');
  mkdirSync(folder);
  file = join(folder, 'kubeconfig');
  nowMs = NOW_MS;
  started = [];
  prints = () => credential({ token: `t${started.length}` });
  env = { PATH: '/usr/bin:.::/bin', HOME: '/home/portal', SECRET };
  program = async command => {
    started.push(command);
    return prints();
  };
});
afterEach(() => rmSync(top, { recursive: true }));

function credential(status: object): PluginOutcome {
  return {
    kind: 'printed',
    text: JSON.stringify({ apiVersion: V1, kind: 'ExecCredential', status }),
  };
}

function write(user: object, cluster: object = {}): void {
  writeFileSync(
    file,
    JSON.stringify({
      'current-context': 'a',
      contexts: [{ name: 'a', context: { cluster: 'a', user: 'a' } }],
      clusters: [
        {
          name: 'a',
          cluster: { server: 'https://api.example.com:6443', ...cluster },
        },
      ],
      users: [{ name: 'a', user }],
    }),
    { mode: 0o600 },
  );
}

function signInOf(settings: Partial<KubeconfigFile> = {}): ClusterSignIn {
  return new ClusterSignIn(
    'eu-1',
    { kubeconfig: { file, ...settings } },
    {
      run: program,
      queue: new RequestQueue(4, Infinity),
      env,
      nowMs: () => nowMs,
    },
  );
}

async function signIn(settings: Partial<KubeconfigFile> = {}) {
  const { signIn: opened } = await signInOf(settings).open();
  return opened!;
}

/** What people read of what went wrong. */
async function whyOf(settings: Partial<KubeconfigFile> = {}): Promise<string> {
  try {
    await (await signIn(settings)).read();
    return 'signed in';
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    expect(JSON.stringify(error.problem)).not.toContain(SECRET);
    return error.problem.why;
  }
}

const EXEC = { exec: { apiVersion: V1, command: 'aws' } };

describe('what is written in the file', () => {
  it.each([
    { name: 'a token', user: { token: 't' }, signed: { token: 't' } },
    {
      name: 'a password',
      user: { username: 'admin', password: 'a:b' },
      signed: { basic: { username: 'admin', password: 'a:b' } },
    },
    {
      name: 'a client certificate',
      user: {
        'client-certificate-data': base64('CERT'),
        'client-key-data': base64('KEY'),
      },
      signed: { certificate: 'CERT', key: 'KEY' },
    },
    { name: 'nothing', user: {}, signed: {} },
  ])('signs in with $name', async ({ user, signed }) => {
    write(user, {
      'certificate-authority-data': base64('CA'),
      'tls-server-name': 'kubernetes',
    });
    const read = await (await signIn()).read();
    const { ca, certificate, key, ...rest } = read;
    expect({
      ...rest,
      ...(ca && { ca: String(ca) }),
      ...(certificate && { certificate: String(certificate) }),
      ...(key && { key: String(key) }),
    }).toEqual({
      ca: 'CA',
      skipTLSVerify: false,
      tlsServerName: 'kubernetes',
      ...signed,
    });
  });

  it('believes anyone only where the file says true', async () => {
    write({ token: 't' }, { 'insecure-skip-tls-verify': true });
    expect(await (await signIn()).read()).toMatchObject({
      skipTLSVerify: true,
    });
    write({ token: 't' }, { 'insecure-skip-tls-verify': 'yes' });
    expect(await (await signIn()).read()).toMatchObject({
      skipTLSVerify: false,
    });
  });

  it('reads the file again when it is opened again', async () => {
    write({ token: 'old' });
    const cluster = signInOf();
    expect(await (await cluster.open()).signIn!.read()).toMatchObject({
      token: 'old',
    });
    write({ token: 'new' });
    expect(await (await cluster.open()).signIn!.read()).toMatchObject({
      token: 'new',
    });
  });
});

describe('files that it names', () => {
  it('are read beside it, and again when they were renewed', async () => {
    write(
      {
        tokenFile: 'token',
        token: 'of the file that counts less',
        'client-certificate': 'tls.crt',
        'client-key': join(folder, 'tls.key'),
      },
      { 'certificate-authority': './ca.crt' },
    );
    for (const name of ['token', 'tls.crt', 'tls.key', 'ca.crt'])
      writeFileSync(join(folder, name), `${name} 1\n`);
    const opened = await signIn();
    expect(await opened.read()).toMatchObject({
      token: 'token 1',
      certificate: 'tls.crt 1\n',
      key: 'tls.key 1\n',
      ca: 'ca.crt 1\n',
    });
    writeFileSync(join(folder, 'token'), 'token 2');
    nowMs += 9_999;
    expect(await opened.read()).toMatchObject({ token: 'token 1' });
    nowMs += 1;
    expect(await opened.read()).toMatchObject({ token: 'token 2' });
  });

  it('may be links within the folder, as those of a mounted Secret are', async () => {
    mkdirSync(join(folder, '..data'));
    writeFileSync(join(folder, '..data', 'token'), 't');
    symlinkSync('..data/token', join(folder, 'token'));
    write({ tokenFile: 'token' });
    expect(await (await signIn()).read()).toMatchObject({ token: 't' });
  });

  it.each([
    { name: 'a path elsewhere', tokenFile: '/etc/passwd' },
    { name: 'a path that leads up', tokenFile: '../secret' },
    { name: 'a link that leads out', tokenFile: 'out' },
    { name: 'the folder itself', tokenFile: '.' },
    { name: 'what is not there, elsewhere', tokenFile: '/no/such/file' },
  ])('are refused elsewhere: $name', async ({ tokenFile }) => {
    writeFileSync(join(top, 'secret'), SECRET);
    symlinkSync('../secret', join(folder, 'out'));
    write({ tokenFile });
    expect(await whyOf()).toBe(
      `its kubeconfig names the file "${tokenFile}", which is not in its own folder`,
    );
  });

  it('are read elsewhere where the operator allows the folder', async () => {
    writeFileSync(join(top, 'secret'), 't');
    write({ tokenFile: join(top, 'secret') });
    expect(await whyOf({ allowFilesIn: [top] })).toBe('signed in');
  });

  it.each([
    { name: 'gone', tokenFile: 'gone' },
    { name: 'too large', tokenFile: 'large' },
    { name: 'a folder', tokenFile: 'sub' },
  ])('say when one cannot be read: $name', async ({ tokenFile }) => {
    writeFileSync(join(folder, 'large'), SECRET.repeat(20_000));
    mkdirSync(join(folder, 'sub'));
    write({ tokenFile });
    expect(await whyOf()).toBe(
      `the file "${tokenFile}" that its kubeconfig names cannot be read, or is larger than 256 KiB`,
    );
  });
});

describe('a program that it names', () => {
  it.each([
    { name: 'exec', user: EXEC },
    {
      name: 'exec under auth-provider',
      user: { 'auth-provider': { name: 'oidc', config: EXEC } },
    },
    {
      name: 'the command of gcp',
      user: {
        'auth-provider': { name: 'gcp', config: { 'cmd-path': '/bin/sh' } },
      },
    },
  ])('is not run without permission: $name', async ({ user }) => {
    write(user);
    expect(await whyOf()).toMatch(/^its kubeconfig uses "/);
    expect(started).toEqual([]);
  });

  it('is not run because the environment names a kubeconfig', async () => {
    write(EXEC);
    const before = process.env.KUBECONFIG;
    process.env.KUBECONFIG = file;
    try {
      const allowed = join(folder, 'allowed');
      writeFileSync(allowed, JSON.stringify({ contexts: [] }));
      expect(await whyOf({ file: allowed, allowExec: true })).toBe(
        'its kubeconfig has no current-context',
      );
    } finally {
      if (before === undefined) delete process.env.KUBECONFIG;
      else process.env.KUBECONFIG = before;
    }
    expect(started).toEqual([]);
  });

  it('is not run from a file that everybody may write', async () => {
    write(EXEC);
    chmodSync(file, 0o666);
    expect(await whyOf({ allowExec: true })).toBe(
      `its kubeconfig "${file}" may run programs, and everybody on this machine may write it`,
    );
    expect(started).toEqual([]);
  });

  it('sees what it needs of the environment and nothing else', async () => {
    write(
      {
        exec: {
          ...EXEC.exec,
          command: './bin/sign-in',
          args: ['--cluster', 'prod'],
          env: [{ name: 'AWS_PROFILE', value: 'prod' }],
          provideClusterInfo: true,
        },
      },
      { 'certificate-authority-data': base64('CA') },
    );
    env.AWS_ROLE_ARN = 'arn:aws:iam::1:role/portal';
    await (await signIn({ allowExec: true, execEnv: ['AWS_ROLE_ARN'] })).read();
    const [{ env: seen, ...command }] = started;
    expect(command).toEqual({
      command: join(folder, 'bin/sign-in'),
      args: ['--cluster', 'prod'],
      folder,
    });
    const { KUBERNETES_EXEC_INFO: info, ...rest } = seen;
    expect(rest).toEqual({
      PATH: '/usr/bin:/bin',
      HOME: '/home/portal',
      AWS_PROFILE: 'prod',
      AWS_ROLE_ARN: 'arn:aws:iam::1:role/portal',
    });
    expect(JSON.parse(info)).toEqual({
      kind: 'ExecCredential',
      apiVersion: V1,
      spec: {
        interactive: false,
        cluster: {
          server: 'https://api.example.com:6443',
          'certificate-authority-data': base64('CA'),
        },
      },
    });
  });

  it('runs once for all who ask, and again before its credential ends', async () => {
    write(EXEC);
    prints = () =>
      credential({
        token: `t${started.length}`,
        expirationTimestamp: new Date(nowMs + 900_000).toISOString(),
      });
    const opened = await signIn({ allowExec: true });
    expect(
      await Promise.all([opened.read(), opened.read(), opened.read()]),
    ).toMatchObject([{ token: 't1' }, { token: 't1' }, { token: 't1' }]);
    expect(started).toHaveLength(1);
    nowMs += 850_000;
    await opened.read();
    expect(started).toHaveLength(2);
    nowMs += 50_000;
    expect(await opened.read()).toMatchObject({ token: 't2' });
  });

  it('is asked again when the cluster is opened again after ten seconds, and not before', async () => {
    write(EXEC);
    const cluster = signInOf({ allowExec: true });
    const read = async () => (await cluster.open()).signIn!.read();
    expect(await read()).toMatchObject({ token: 't1' });
    expect(await read()).toMatchObject({ token: 't1' });
    nowMs += 10_000;
    expect(await read()).toMatchObject({ token: 't2' });
  });

  it('gives a client certificate', async () => {
    write(EXEC);
    prints = () =>
      credential({ clientCertificateData: 'CERT', clientKeyData: 'KEY' });
    expect(await (await signIn({ allowExec: true })).read()).toMatchObject({
      certificate: 'CERT',
      key: 'KEY',
    });
  });

  it.each([
    {
      name: 'is missing',
      outcome: { kind: 'failed', fault: { kind: 'missing' } },
      why: '"aws" is not installed beside the portal',
    },
    {
      name: 'fails',
      outcome: { kind: 'failed', fault: { kind: 'ended', code: 255 } },
      why: '"aws" failed with exit code 255',
    },
    {
      name: 'prints something else',
      outcome: { kind: 'printed', text: `password: ${SECRET}` },
      why: '"aws" printed something that is no ExecCredential of the version that the kubeconfig asks for',
    },
    {
      name: 'prints another version',
      outcome: {
        kind: 'printed',
        text: JSON.stringify({
          apiVersion: 'client.authentication.k8s.io/v1alpha1',
          kind: 'ExecCredential',
          status: { token: SECRET },
        }),
      },
      why: '"aws" printed something that is no ExecCredential of the version that the kubeconfig asks for',
    },
    {
      name: 'prints a certificate without its key',
      outcome: credential({ clientCertificateData: SECRET }),
      why: '"aws" gave neither a token nor a client certificate with its key',
    },
    {
      name: 'prints what has ended',
      outcome: credential({
        token: SECRET,
        expirationTimestamp: '2026-11-21T11:59:59Z',
      }),
      why: '"aws" gave a credential that has expired already',
    },
    {
      name: 'prints when it ends, and nobody understands it',
      outcome: credential({ token: SECRET, expirationTimestamp: 'soon' }),
      why: '"aws" printed something that is no ExecCredential of the version that the kubeconfig asks for',
    },
  ] as Array<{ name: string; outcome: PluginOutcome; why: string }>)(
    'that $name is said in words, without what it printed',
    async ({ outcome, why }) => {
      write(EXEC);
      prints = () => outcome;
      expect(await whyOf({ allowExec: true })).toBe(why);
    },
  );

  it('that fails is not started again for ten seconds', async () => {
    write(EXEC);
    prints = () => ({ kind: 'failed', fault: { kind: 'ended', code: 1 } });
    const opened = await signIn({ allowExec: true });
    for (const step of [0, 5_000, 4_999, 1]) {
      nowMs += step;
      await expect(opened.read()).rejects.toThrow();
    }
    expect(started).toHaveLength(2);
  });

  it('that quotes secrets, runs for ever, or is not there, harms nobody', async () => {
    program = command => runPlugin(command, 500);
    env.PATH = process.env.PATH;
    const node = (script: string) => ({
      exec: { apiVersion: V1, command: process.execPath, args: ['-e', script] },
    });
    const said: string[] = [];
    for (const user of [
      node(
        `console.error('${SECRET}'); console.log('${SECRET}'); process.exit(1)`,
      ),
      node('setInterval(() => {}, 1000)'),
      { exec: { apiVersion: V1, command: 'callboard-no-such-program' } },
    ]) {
      write(user);
      said.push(await whyOf({ allowExec: true }));
    }
    expect(said).toEqual([
      '"node" failed with exit code 1',
      '"node" gave no credential within 1 seconds and was ended',
      '"callboard-no-such-program" is not installed beside the portal',
    ]);
  });
});

describe('the cluster that the portal runs in', () => {
  it('is said not to be there outside of one', async () => {
    const own = new ClusterSignIn(
      'own',
      { inCluster: true },
      {
        run: program,
        queue: new RequestQueue(1, 1),
        env: {},
        nowMs: () => nowMs,
      },
    );
    await expect(own.open()).rejects.toMatchObject({
      problem: { why: 'the portal does not run in a cluster' },
    });
  });
});
