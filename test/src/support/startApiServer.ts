import { freePort } from '@callboard/testing';
import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiClient } from './ApiClient';

export interface RunningApiServer {
  url: string;
  token: string;
  /** What the server's Pods get as `kubectl` configuration. */
  kubeconfig: string;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 60_000;

/**
 * Starts etcd and kube-apiserver from the folder in `KUBEBUILDER_ASSETS`: a real
 * API without controllers, on loopback, gone with `stop`.
 *
 * @param extra - further flags of kube-apiserver
 */
export async function startApiServer(
  assets: string,
  extra: readonly string[] = [],
): Promise<RunningApiServer> {
  const directory = mkdtempSync(join(tmpdir(), 'callboard-apiserver-'));
  const token = randomBytes(16).toString('hex');
  const [etcdPort, peerPort, port] = [
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const [etcd, url] = [
    `http://127.0.0.1:${etcdPort}`,
    `https://127.0.0.1:${port}`,
  ];
  const children = [
    run(
      join(assets, 'etcd'),
      etcdArguments({ directory, etcd, peer: `http://127.0.0.1:${peerPort}` }),
    ),
    run(join(assets, 'kube-apiserver'), [
      ...serverArguments({ directory, etcd, port, token }),
      ...extra,
    ]),
  ];
  const stop = async () => {
    await Promise.all(children.map(end));
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    await untilReady(new ApiClient({ url, token }));
  } catch (error) {
    await stop();
    throw error;
  }
  const kubeconfig = join(directory, 'kubeconfig');
  writeFileSync(kubeconfig, JSON.stringify(kubeconfigOf({ url, token })), {
    mode: 0o600,
  });
  return { url, token, kubeconfig, stop };
}

function etcdArguments({
  directory,
  etcd,
  peer,
}: {
  directory: string;
  etcd: string;
  peer: string;
}): string[] {
  return [
    `--data-dir=${join(directory, 'etcd')}`,
    '--unsafe-no-fsync',
    '--log-level=error',
    `--listen-client-urls=${etcd}`,
    `--advertise-client-urls=${etcd}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
  ];
}

function serverArguments({
  directory,
  etcd,
  port,
  token,
}: {
  directory: string;
  etcd: string;
  port: number;
  token: string;
}): string[] {
  const key = join(directory, 'accounts.key');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(key, privateKey.export({ type: 'pkcs1', format: 'pem' }), {
    mode: 0o600,
  });
  const tokens = join(directory, 'tokens.csv');
  writeFileSync(tokens, `${token},admin,admin,"system:masters"\n`, {
    mode: 0o600,
  });
  return [
    `--etcd-servers=${etcd}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--secure-port=${port}`,
    `--cert-dir=${join(directory, 'certs')}`,
    `--token-auth-file=${tokens}`,
    '--authorization-mode=Node,RBAC',
    '--service-cluster-ip-range=10.96.0.0/16',
    '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
    `--service-account-key-file=${key}`,
    `--service-account-signing-key-file=${key}`,
    '--endpoint-reconciler-type=none',
  ];
}

function run(program: string, programArguments: string[]): ChildProcess {
  return spawn(program, programArguments, { stdio: 'ignore' });
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null)
    return Promise.resolve();
  return new Promise(resolve => {
    const force = setTimeout(() => child.kill('SIGKILL'), 5_000);
    child.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

async function untilReady(client: ApiClient): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  for (;;) {
    const isReady = await client.get('/readyz').then(
      ({ status }) => status === 200,
      () => false,
    );
    if (isReady) return;
    if (Date.now() > deadline)
      throw new Error(
        `kube-apiserver was not ready within ${READY_WITHIN_MS / 1000} s`,
      );
    await new Promise(resolve => {
      setTimeout(resolve, 100);
    });
  }
}

function kubeconfigOf({ url, token }: { url: string; token: string }) {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'real',
        cluster: { server: url, 'insecure-skip-tls-verify': true },
      },
    ],
    users: [{ name: 'admin', user: { token } }],
    contexts: [{ name: 'real', context: { cluster: 'real', user: 'admin' } }],
    'current-context': 'real',
  };
}
