import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import {
  type ConfiguredCluster,
  kubeconfigSource,
} from '@callboard/plugin-callboard-clusters-node';
import { ProblemError } from '@callboard/plugin-callboard-common';
import type { ClusterTransport } from '@callboard/plugin-callboard-node';
import { eventually } from '@callboard/testing';
import { makeCertificates } from '../support/proxies';
import { startApiServer } from '../support/startApiServer';
import { OidcIssuer } from './__testUtils__/OidcIssuer';
import { startTokenReader } from './__testUtils__/startTokenReader';

const CLIENT = { clientId: 'portal', clientSecret: 'secret-of-the-portal' };
const USER = 'portal@example.com';
const LIFE_SECONDS = 4; // of a token: one is renewed while a test runs

/** As kubelogin does: asks the issuer for a token and prints it. */
const PLUGIN = `const https = require('node:https');
const { readFileSync, writeFileSync } = require('node:fs');
const [, , issuer, ca] = process.argv;
const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: readFileSync('refresh', 'utf8') }).toString();
const request = https.request(issuer + '/token', {
  method: 'POST',
  ca: readFileSync(ca),
  auth: '${CLIENT.clientId}:${CLIENT.clientSecret}',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
}, answer => {
  let text = '';
  answer.on('data', chunk => (text += chunk));
  answer.on('end', () => {
    const { id_token: token, refresh_token: next } = JSON.parse(text);
    writeFileSync('refresh', next);
    const { exp } = JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));
    process.stdout.write(JSON.stringify({
      apiVersion: 'client.authentication.k8s.io/v1',
      kind: 'ExecCredential',
      status: { token, expirationTimestamp: new Date(exp * 1000).toISOString() },
    }));
  });
});
request.end(form);`;

jest.setTimeout(90_000);

interface TokenServer {
  url: string;
  stop(): Promise<void>;
}

const assets = process.env.KUBEBUILDER_ASSETS;
const SERVERS: Array<{
  name: string;
  run: typeof describe | typeof describe.skip;
  start(issuer: OidcIssuer): Promise<TokenServer>;
}> = [
  {
    name: 'a server that checks tokens by the keys of their issuer',
    run: describe,
    start: issuer => startTokenReader(issuer, CLIENT.clientId),
  },
  {
    name: assets
      ? 'a real API server'
      : 'a real API server (skipped: KUBEBUILDER_ASSETS is not set)',
    run: assets ? describe : describe.skip,
    start: ({ url, caFile }) =>
      startApiServer(assets!, [
        `--oidc-issuer-url=${url}`,
        `--oidc-client-id=${CLIENT.clientId}`,
        `--oidc-ca-file=${caFile}`,
        '--oidc-username-claim=sub',
        '--oidc-username-prefix=-',
      ]),
  },
];

describe.each(SERVERS)(
  'signing in by OpenID Connect over TLS to $name',
  ({ run, start }) => {
    run('with a token of the issuer', () => {
      let folder: string;
      let issuer: OidcIssuer;
      let server: TokenServer;
      const opened: ClusterTransport[] = [];

      beforeEach(async () => {
        folder = mkdtempSync(join(tmpdir(), 'callboard-oidc-'));
        issuer = await OidcIssuer.start({
          ...CLIENT,
          folder: join(folder, 'issuer'),
          user: USER,
          lifeSeconds: LIFE_SECONDS,
        });
        server = await start(issuer);
      }, 90_000);
      afterEach(async () => {
        await Promise.all(opened.splice(0).map(each => each.close()));
        await server.stop();
        await issuer.stop();
        rmSync(folder, { recursive: true });
      });

      /** @param user - of the kubeconfig */
      async function clusterOf(
        user: object,
        settings: { allowExec?: boolean } = {},
      ) {
        const file = join(folder, 'kubeconfig');
        writeFileSync(
          file,
          JSON.stringify({
            'current-context': 'a',
            contexts: [{ name: 'a', context: { cluster: 'a', user: 'a' } }],
            clusters: [
              {
                name: 'a',
                cluster: {
                  server: server.url,
                  'insecure-skip-tls-verify': true,
                },
              },
            ],
            users: [{ name: 'a', user }],
          }),
          { mode: 0o600 },
        );
        const configured: ConfiguredCluster = {
          name: 'eu-1',
          kubeconfig: { file, ...settings },
        };
        const [cluster] = await kubeconfigSource([configured]).listClusters();
        return cluster;
      }

      const provider = (config: object = {}) => ({
        'auth-provider': {
          name: 'oidc',
          config: {
            'idp-issuer-url': issuer.url,
            'client-id': CLIENT.clientId,
            'client-secret': CLIENT.clientSecret,
            'refresh-token': issuer.refreshToken,
            'idp-certificate-authority-data': Buffer.from(issuer.ca).toString(
              'base64',
            ),
            ...config,
          },
        },
      });

      /** Who the server says that it is, each time by a transport of its own. */
      async function nameOf(
        cluster: Awaited<ReturnType<typeof clusterOf>>,
      ): Promise<string> {
        const transport = await cluster.openTransport();
        opened.push(transport);
        const { status, body } = await transport.send({
          method: 'POST',
          path: '/apis/authentication.k8s.io/v1/selfsubjectreviews',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({
            apiVersion: 'authentication.k8s.io/v1',
            kind: 'SelfSubjectReview',
          }),
          signal: AbortSignal.timeout(20_000),
        });
        const answer = (await json(body as never)) as {
          status: { userInfo: { username: string } };
        };
        return status === 201 ? answer.status.userInfo.username : `${status}`;
      }

      async function whyOf(config: object): Promise<string> {
        try {
          return await nameOf(await clusterOf(provider(config)));
        } catch (error) {
          if (!(error instanceof ProblemError)) throw error;
          return error.problem.why;
        }
      }

      it('renews the token before it ends, with the refresh token that came with it', async () => {
        const cluster = await clusterOf(provider());
        await eventually(
          'the server has the keys of the issuer',
          async () => expect(await nameOf(cluster)).toBe(USER),
          60_000,
        );
        const { given } = issuer;
        await eventually('the token is renewed', async () => {
          expect(await nameOf(cluster)).toBe(USER);
          expect(issuer.given).toBeGreaterThan(given + 1);
        });
      });

      it('takes the token of a credential plugin that asks the issuer', async () => {
        writeFileSync(join(folder, 'plugin.cjs'), PLUGIN);
        writeFileSync(join(folder, 'refresh'), issuer.refreshToken);
        const cluster = await clusterOf(
          {
            exec: {
              apiVersion: 'client.authentication.k8s.io/v1',
              command: process.execPath,
              args: ['plugin.cjs', issuer.url, issuer.caFile],
              interactiveMode: 'Never',
            },
          },
          { allowExec: true },
        );
        await eventually(
          'the server has the keys of the issuer',
          async () => expect(await nameOf(cluster)).toBe(USER),
          60_000,
        );
      });

      it('gives no secret to an issuer whose certificate somebody else signed', async () => {
        const { ca } = makeCertificates(
          join(folder, 'another'),
          'IP:127.0.0.1',
        );
        const said = await whyOf({
          'idp-certificate-authority': ca,
          'idp-certificate-authority-data': undefined,
        });
        expect(said).toBe(
          'the issuer that its kubeconfig names does not answer',
        );
        expect(issuer.given).toBe(0);
      });

      it('says that the issuer takes the refresh token no longer', async () => {
        issuer.isClosed = true;
        expect(await whyOf({})).toBe(
          'the issuer that its kubeconfig names did not renew the token (400)',
        );
      });
    });
  },
);
