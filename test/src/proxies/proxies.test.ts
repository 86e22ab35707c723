import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubeObject } from '@callboard/plugin-callboard-common';
import { SimFleet } from '@callboard/sim';
import { parseAllDocuments } from 'yaml';
import { JoinPortal } from '../real/__testUtils__/JoinPortal';
import { eventually } from '../real/__testUtils__/eventually';
import {
  type Certificates,
  type Running,
  freePort,
  makeCertificates,
  startNginx,
  startTinyproxy,
} from '../support/proxies';

const AGENT = join(__dirname, '../../../packages/agent/bin/callboard-agent');
const HOST = '127.0.0.1';
const ACCOUNT = { name: 'edge', password: 'pa_ss-word.1' };
const API_TOKEN = 'of-the-simulated-cluster';
const PATIENCE_MS = 30_000;

const isHere = process.env.CALLBOARD_PROXIES !== undefined;
const describeHere = isHere ? describe : describe.skip;

/** The agent's own process, a portal behind a reverse proxy where TLS ends, and forward proxies of a site. */
describeHere(
  `an agent behind proxies${
    isHere ? '' : ' (skipped: CALLBOARD_PROXIES is not set)'
  }`,
  () => {
    let folder: string;
    let certificates: Certificates;
    let fleet: SimFleet;
    let portal: JoinPortal;
    let door: Running;
    let agent: ChildProcess | undefined;
    let output = '';
    const proxies: Running[] = [];

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'callboard-proxies-'));
      certificates = makeCertificates(join(folder, 'ca'), `IP:${HOST}`);
      fleet = await SimFleet.listen();
      fleet.addCluster({ name: 'edge-1', nodes: [], token: API_TOKEN });
      const port = await freePort(HOST);
      portal = await JoinPortal.start(HOST, {
        agent: { image: 'registry.example/callboard-agent:1' },
        agentUrl: `https://${HOST}:${port}`,
        agentCaFile: certificates.ca,
      });
      const { host: target } = new URL(portal.url);
      const at = { ...certificates, host: HOST, port, target };
      door = await startNginx(join(folder, 'nginx'), at);
    }, 60_000);
    afterEach(async () => {
      agent?.kill('SIGKILL');
      for (const proxy of proxies.splice(0)) await proxy.stop();
    });
    afterAll(async () => {
      await door?.stop();
      await portal?.stop();
      await fleet?.close();
      rmSync(folder, { recursive: true, force: true });
    }, 30_000);

    const proxy = async (
      options: Partial<Parameters<typeof startTinyproxy>[1]> = {},
    ) => {
      const started = await startTinyproxy(join(folder, 'tinyproxy'), {
        host: HOST,
        ...options,
      });
      proxies.push(started);
      return started;
    };

    /** Invites the cluster, and starts its agent as its manifest says, with the environment of its site. */
    async function start(
      env: Record<string, string>,
      { trusts = true } = {},
    ): Promise<void> {
      await portal.ask('DELETE', '/clusters/edge-1');
      const { body } = await portal.ask('POST', '/clusters', {
        name: 'edge-1',
      });
      const manifest = await read(body.join.manifestUrl, certificates.ca);
      const objects = parseAllDocuments(manifest).map(
        document => document.toJS() as KubeObject,
      );
      const place = mkdtempSync(join(folder, 'agent-'));
      const ca = objects.find(({ kind }) => kind === 'ConfigMap')?.data as
        | Record<string, string>
        | undefined;
      writeFileSync(join(place, 'ca.pem'), ca?.['ca.crt'] ?? '');
      writeFileSync(join(place, 'kubeconfig'), JSON.stringify(kubeconfig()));
      const args = argsOf(objects.at(-1)!).flatMap(arg =>
        arg.startsWith('--hub-ca=') && !trusts ? [] : [inPlace(arg, place)],
      );
      output = '';
      agent = spawn(
        process.execPath,
        [AGENT, ...args, `--kubeconfig=${place}/kubeconfig`],
        {
          env: {
            ...env,
            CALLBOARD_JOIN_TOKEN:
              new URL(body.join.manifestUrl).searchParams.get('token') ?? '',
          },
          stdio: ['ignore', 'pipe', 'pipe'],
        },
      );
      const hear = (chunk: Buffer) => {
        output += chunk;
      };
      agent.stdout?.on('data', hear);
      agent.stderr?.on('data', hear);
    }

    function kubeconfig(): object {
      const name = 'edge-1';
      const server = fleet.urlOf(name);
      return {
        'current-context': name,
        contexts: [{ name, context: { cluster: name, user: name } }],
        clusters: [{ name, cluster: { server } }],
        users: [{ name, user: { token: API_TOKEN } }],
      };
    }

    const connects = () =>
      eventually(
        'the cluster is live',
        async () => {
          const { freshness, connection } = await portal.cluster('edge-1');
          expect([freshness, connection.problem]).toEqual(['live', undefined]);
        },
        PATIENCE_MS,
      );
    const says = (text: RegExp) =>
      eventually(
        `the agent says ${text}`,
        async () => expect(output).toMatch(text),
        PATIENCE_MS,
      );
    const isWaitedFor = async () => {
      const { join: joined } = await portal.cluster('edge-1');
      expect(joined?.steps[2]).toMatchObject({
        state: 'waiting',
        message: expect.stringContaining('kubectl -n callboard-agent logs'),
      });
    };

    it('reaches a portal behind a reverse proxy whose certificate is of a CA of its own', async () => {
      await start({});
      await connects();
      expect(output).not.toContain('through');
    });

    it('trusts no certificate that nobody vouches for, and says so', async () => {
      await start({}, { trusts: false });
      await says(/certificate at the hub's address is not trusted \(UNABLE/);
      await isWaitedFor();
      expect(output).not.toContain('Connected');
    });

    it('goes through a forward proxy that asks who is there, and comes back when that was away', async () => {
      const first = await proxy({ account: ACCOUNT });
      await start({
        HTTPS_PROXY: `http://${ACCOUNT.name}:${ACCOUNT.password}@${HOST}:${first.port}`,
      });
      await connects();
      expect(first.log()).toContain(`CONNECT ${HOST}:${door.port}`);
      await first.stop();
      await says(
        /the proxy 127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\)/,
      );
      output = '';
      const second = await proxy({ account: ACCOUNT, port: first.port });
      await says(/Connected to/);
      await connects();
      expect(second.log()).toContain(`CONNECT ${HOST}:${door.port}`);
      expect(output).not.toContain(ACCOUNT.password);
      const { body } = await portal.ask('GET', '/journal?cluster=edge-1');
      expect(JSON.stringify(body)).not.toContain(ACCOUNT.password);
    });

    it.each([
      {
        name: 'wants a name and a password',
        given: { account: ACCOUNT },
        who: '',
        words: /asks for a name and a password \(407\)/,
      },
      {
        name: 'does not take them',
        given: { account: ACCOUNT },
        who: 'edge:guessed@',
        words: /does not take the name and the password .*\(40[17]\)/,
      },
      {
        name: 'does not let it through',
        given: { onlyPort: 1 },
        who: '',
        words: /does not let this cluster through to 127\.0\.0\.1:\d+ \(403\)/,
      },
    ])(
      'says what is wrong where the proxy $name',
      async ({ given, who, words }) => {
        const { port } = await proxy(given);
        await start({ https_proxy: `http://${who}${HOST}:${port}` });
        await says(words);
        expect(output).not.toContain('guessed');
        await isWaitedFor();
      },
    );

    it('goes past the proxy where NO_PROXY says so', async () => {
      await start({ HTTPS_PROXY: `http://${HOST}:1`, NO_PROXY: '127.0.0.0/8' });
      await connects();
      expect(output).not.toContain('through');
    });
  },
);

function argsOf(deployment: KubeObject): string[] {
  const { spec } = deployment as unknown as {
    spec: { template: { spec: { containers: Array<{ args: string[] }> } } };
  };
  return spec.template.spec.containers[0].args;
}

/** What lies in Secrets and ConfigMaps in a cluster lies in a folder here. */
function inPlace(arg: string, folder: string): string {
  if (arg.startsWith('--hub-ca=')) return `--hub-ca=${folder}/ca.pem`;
  if (arg.startsWith('--key-secret=')) return `--key-file=${folder}/key.pem`;
  return arg.startsWith('--state-secret=') ? `--state-folder=${folder}` : arg;
}

/** GET as who trusts that CA. */
function read(url: string, caFile: string): Promise<string> {
  return new Promise((resolve, reject) => {
    request(url, { ca: readFileSync(caFile) }, async response => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve(Buffer.concat(chunks).toString('utf8'));
    })
      .on('error', reject)
      .end();
  });
}
