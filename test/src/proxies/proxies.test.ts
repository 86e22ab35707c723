import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SimFleet } from '@callboard/sim';
import { JoinPortal } from '../real/__testUtils__/JoinPortal';
import { eventually, freePort } from '@callboard/testing';
import { SiteAgent } from '../support/SiteAgent';
import {
  type Certificates,
  type Running,
  makeCertificates,
  startNginx,
  startTinyproxy,
} from '../support/proxies';

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
    let agent: SiteAgent | undefined;
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
      agent?.stop();
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

    /** Registers the cluster, and starts its agent as its manifest says, with the environment of its site. */
    async function start(
      env: Record<string, string>,
      { trusts = true } = {},
    ): Promise<void> {
      await portal.ask('DELETE', '/clusters/edge-1');
      const { body } = await portal.ask('POST', '/clusters', {
        name: 'edge-1',
      });
      agent = await SiteAgent.start(body.join.manifestUrl, {
        server: fleet.urlOf('edge-1'),
        token: API_TOKEN,
        ca: certificates.ca,
        trusts,
        env,
      });
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
        async () => expect(agent?.output).toMatch(text),
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
      expect(agent?.output).not.toContain('through');
    });

    it('trusts no certificate that nobody vouches for, and says so', async () => {
      await start({}, { trusts: false });
      await says(/certificate at the hub's address is not trusted \(UNABLE/);
      await isWaitedFor();
      expect(agent?.output).not.toContain('Connected');
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
      agent?.forgetOutput();
      const second = await proxy({ account: ACCOUNT, port: first.port });
      await says(/Connected to/);
      await connects();
      expect(second.log()).toContain(`CONNECT ${HOST}:${door.port}`);
      expect(agent?.output).not.toContain(ACCOUNT.password);
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
        expect(agent?.output).not.toContain('guessed');
        await isWaitedFor();
      },
    );

    it('goes past the proxy where NO_PROXY says so', async () => {
      await start({ HTTPS_PROXY: `http://${HOST}:1`, NO_PROXY: '127.0.0.0/8' });
      await connects();
      expect(agent?.output).not.toContain('through');
    });
  },
);
