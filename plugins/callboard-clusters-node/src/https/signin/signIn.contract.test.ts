import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { findContext } from '@callboard/kubeconfig';
import type {
  ClusterRequest,
  RegisteredCluster,
} from '@callboard/plugin-callboard-node';
import { eventually } from '@callboard/testing';
import { parse } from 'yaml';
import {
  type ApiServerFacts,
  startRealApiServer,
} from '../../__testUtils__/apiServers';
import { openConnection } from '../../openConnection';
import { kubeconfigSource } from '../kubeconfigSource';
import type { KubeconfigFile } from './ClusterSignIn';

const program = process.env.CALLBOARD_K8S_START;
const describeReal = program === undefined ? describe.skip : describe;

/** Prints the token of the file `token` beside it, which lives as long as it says, and counts how often. */
const PLUGIN = `const { appendFileSync, readFileSync } = require('node:fs');
appendFileSync('runs', '.');
const { apiVersion } = JSON.parse(process.env.KUBERNETES_EXEC_INFO);
process.stdout.write(JSON.stringify({
  apiVersion,
  kind: 'ExecCredential',
  status: {
    token: readFileSync('token', 'utf8'),
    expirationTimestamp: new Date(Date.now() + Number(process.argv[2])).toISOString(),
  },
}));`;

describeReal(
  program === undefined
    ? 'signing in to a real API server (skipped: CALLBOARD_K8S_START is not set)'
    : 'signing in to a real API server',
  () => {
    let facts: ApiServerFacts;
    let stop: () => Promise<void>;
    let admin: RegisteredCluster;
    let folder: string;

    beforeAll(async () => {
      ({ facts, stop } = await startRealApiServer(program!));
      [admin] = await kubeconfigSource([
        { name: 'admin', kubeconfig: { file: facts.kubeconfig } },
      ]).listClusters();
    }, 90_000);
    afterAll(() => stop?.());

    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'callboard-contract-'));
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    /** A cluster whose kubeconfig has the real server and the given user. */
    async function clusterOf(
      user: object,
      settings: Partial<KubeconfigFile> = {},
    ): Promise<RegisteredCluster> {
      const context = findContext(
        parse(readFileSync(facts.kubeconfig, 'utf8')),
      );
      if (!context.ok) throw new Error(context.lacks);
      const file = join(folder, 'kubeconfig');
      writeFileSync(
        file,
        JSON.stringify({
          'current-context': 'a',
          contexts: [{ name: 'a', context: { cluster: 'a', user: 'a' } }],
          clusters: [{ name: 'a', cluster: context.value.cluster }],
          users: [{ name: 'a', user }],
        }),
        { mode: 0o600 },
      );
      const [cluster] = await kubeconfigSource([
        { name: 'eu-1', kubeconfig: { file, ...settings } },
      ]).listClusters();
      return cluster;
    }

    async function send(
      cluster: RegisteredCluster,
      request: Pick<ClusterRequest, 'method' | 'path'> & { object?: object },
    ): Promise<any> {
      const transport = await cluster.openTransport();
      try {
        const { status, body } = await transport.send({
          method: request.method,
          path: request.path,
          headers: { 'content-type': 'application/json' },
          ...(request.object && { body: JSON.stringify(request.object) }),
          signal: AbortSignal.timeout(20_000),
        });
        const answer = await json(body as never);
        if (status >= 300) throw new Error(`${status}`);
        return answer;
      } finally {
        await transport.close();
      }
    }

    async function nameOf(cluster: RegisteredCluster): Promise<string> {
      const review = await send(cluster, {
        method: 'POST',
        path: '/apis/authentication.k8s.io/v1/selfsubjectreviews',
        object: {
          apiVersion: 'authentication.k8s.io/v1',
          kind: 'SelfSubjectReview',
        },
      });
      return review.status.userInfo.username;
    }

    const accounts = '/api/v1/namespaces/default/serviceaccounts';

    /** A token of a service account of its own, which ends with it. */
    async function tokenOf(name: string): Promise<string> {
      await send(admin, {
        method: 'POST',
        path: accounts,
        object: { metadata: { name } },
      });
      const { status } = await send(admin, {
        method: 'POST',
        path: `${accounts}/${name}/token`,
        object: { spec: { expirationSeconds: 600 } },
      });
      return status.token;
    }

    const remove = (name: string) =>
      send(admin, { method: 'DELETE', path: `${accounts}/${name}` });

    const accountName = (name: string) =>
      `system:serviceaccount:default:${name}`;

    it('signs in with a client certificate, in files and in the kubeconfig', async () => {
      const key = join(folder, 'tls.key');
      const request = join(folder, 'tls.csr');
      const certificate = join(folder, 'tls.crt');
      const openssl = (...args: string[]) =>
        execFileSync('openssl', args, { stdio: 'pipe' });
      openssl(
        'ecparam',
        '-name',
        'prime256v1',
        '-genkey',
        '-noout',
        '-out',
        key,
      );
      openssl(
        'req',
        '-new',
        '-key',
        key,
        '-subj',
        '/CN=callboard',
        '-out',
        request,
      );
      openssl(
        ...['x509', '-req', '-in', request, '-out', certificate, '-days', '1'],
        ...['-CA', join(facts.dir, 'client-ca.crt')],
        ...['-CAkey', join(facts.dir, 'client-ca.key'), '-CAcreateserial'],
        ...['-CAserial', join(folder, 'serial')],
      );
      const data = (file: string) => readFileSync(file).toString('base64');
      for (const user of [
        { 'client-certificate': 'tls.crt', 'client-key': 'tls.key' },
        {
          'client-certificate-data': data(certificate),
          'client-key-data': data(key),
        },
      ])
        expect(await nameOf(await clusterOf(user))).toBe('callboard');
    });

    it('goes on when the token in a file was renewed', async () => {
      const file = join(folder, 'token');
      writeFileSync(file, await tokenOf('file-a'));
      const cluster = await clusterOf({ tokenFile: 'token' });
      const connection = openConnection(cluster);
      expect((await connection.readVersion()).ok).toBe(true);
      writeFileSync(file, `${await tokenOf('file-b')}\n`);
      await remove('file-a');
      await eventually('the new token is used', async () =>
        expect(await connection.readVersion()).toMatchObject({ ok: true }),
      );
      await connection.close();
      expect(await nameOf(cluster)).toBe(accountName('file-b'));
    });

    it('signs in with what a plugin gives, and has it renewed before it ends', async () => {
      const runs = () => readFileSync(join(folder, 'runs'), 'utf8').length;
      writeFileSync(join(folder, 'plugin.cjs'), PLUGIN);
      writeFileSync(join(folder, 'token'), await tokenOf('exec-a'));
      const cluster = await clusterOf(
        {
          exec: {
            apiVersion: 'client.authentication.k8s.io/v1',
            command: process.execPath,
            args: ['plugin.cjs', '2000'],
            interactiveMode: 'IfAvailable',
          },
        },
        { allowExec: true },
      );
      const connection = openConnection(cluster);
      expect(
        await Promise.all([connection.readVersion(), connection.readVersion()]),
      ).toMatchObject([{ ok: true }, { ok: true }]);
      expect(runs()).toBe(1);
      writeFileSync(join(folder, 'token'), await tokenOf('exec-b'));
      await eventually('the plugin ran again', async () => {
        expect((await connection.readVersion()).ok).toBe(true);
        expect(runs()).toBeGreaterThan(1);
      });
      await remove('exec-a');
      await eventually('the token of the second run is used', async () =>
        expect(await nameOf(cluster)).toBe(accountName('exec-b')),
      );
      await connection.close();
    });

    it('says that the API server does not take a token, without the token', async () => {
      const token = 'hunter2-not-of-this-cluster';
      const connection = openConnection(await clusterOf({ token }));
      const version = await connection.readVersion();
      await connection.close();
      expect(version).toMatchObject({
        ok: false,
        problem: { code: 'cluster-refused' },
      });
      expect(JSON.stringify(version)).not.toContain(token);
    });
  },
);
