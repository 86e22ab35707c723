import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App, ResourceView } from '@callboard/plugin-callboard-common';
import { eventually, hasNamespaces } from '@callboard/testing';
import { Portal } from '../../browser/support/Portal';
import { Repository } from '../../browser/support/Repository';
import { describePortal } from './describePortal';

const START_MS = 300_000; // on a machine that does much at once
const BACK = { timeoutMs: 120_000 };

const RESOURCES = '/apps/shop/environments/dev/resources';

const SCORE = `apiVersion: score.dev/v1b1
metadata: { name: shop }
containers:
  web:
    image: .
    variables:
      DATABASE_URL: \${resources.db.url}
    readinessProbe:
      httpGet: { path: /, port: 8080 }
service:
  ports:
    web: { port: 80, targetPort: 8080 }
resources:
  db: { type: postgres }
`;

/** Writes a row for each name that it is called by, and answers all names. It can tell its password, and kill its database. */
const SERVER = `
const { createServer } = require('node:http');
const { openDatabase } = require('./wireClient.cjs');
const url = process.env.DATABASE_URL;
const KILL = "COPY (SELECT 1) TO PROGRAM 'kill -KILL $(head -n 1 postmaster.pid)'";
async function answer(path) {
  if (path === 'password') return new URL(url).password;
  const { ask, end } = await openDatabase(url);
  try {
    if (path === 'kill') return await ask(KILL);
    if (path) await ask("INSERT INTO guests VALUES ('" + path + "')");
    return (await ask('SELECT name FROM guests ORDER BY name')).join(' ');
  } finally {
    end();
  }
}
async function main() {
  const { ask, end } = await openDatabase(url);
  await ask('CREATE TABLE IF NOT EXISTS guests (name text)');
  end();
  createServer((request, response) => {
    answer(request.url.slice(1).replace(/[^a-z]/g, '')).then(
      text => response.end(text),
      error => response.writeHead(503).end(error.message),
    );
  }).listen(8080);
}
main().catch(error => { console.error(error.message); process.exit(1); });
`;

const isRun =
  process.getuid?.() !== 0 ||
  hasNamespaces('bwrap') ||
  hasNamespaces('unshare');

(isRun ? describePortal : describe.skip)(
  'an app with a database in the playground (root needs namespaces)',
  () => {
    let folder: string;
    let portal: Portal;
    let shop: Repository;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'callboard-database-'));
      portal = await Portal.create({ dataDir: join(folder, 'data') });
      await portal.start();
      shop = await Repository.create({
        'score.yaml': SCORE,
        'package.json': JSON.stringify({
          name: 'shop',
          private: true,
          scripts: { start: 'node server.js' },
        }),
        'server.js': SERVER,
        'wireClient.cjs': readFileSync(
          join(__dirname, '../support/wireClient.cjs'),
          'utf8',
        ),
      });
    }, START_MS);

    afterAll(async () => {
      await portal?.stop();
      await shop?.remove();
      rmSync(folder, { recursive: true, force: true });
    }, 60_000);

    it(
      'turns Healthy, and finds its rows when database or portal start again and its password is another',
      async () => {
        const { text } = await shop.push(portal.cloneUrl('shop'));
        expect(text).toContain('Healthy');
        expect(await ask('ada')).toBe('ada');

        await ask('kill').catch(() => undefined); // its connection ends with it
        await eventually(async () => expect(await ask('')).toBe('ada'), BACK);

        const before = await ask('password');
        const { body } = await portal.api<ResourceView[]>(RESOURCES);
        const { status } = await portal.api(
          `${RESOURCES}/${body[0].resource}/rotation`,
          { method: 'POST' },
        );
        expect(status).toBe(202);
        const password = await eventually(async () => {
          const now = await ask('password');
          expect(now).not.toBe(before);
          return now;
        }, BACK);
        await eventually(async () => expect(await ask('')).toBe('ada'), BACK);

        const said = portal.output;
        await portal.stop();
        await portal.start();
        await eventually(async () => expect(await ask('')).toBe('ada'), BACK);

        for (const secret of [before, password]) {
          expect(secret).toMatch(/^\w{32}$/);
          expect(said + portal.output).not.toContain(secret);
          expect(await findFiles(secret)).toEqual([]);
        }
      },
      START_MS,
    );

    /** Files of the portal with a text, beside what stands for the clusters, which keep Secrets as clusters do. */
    async function findFiles(text: string): Promise<string[]> {
      const entries = await readdir(portal.dataDir, {
        recursive: true,
        withFileTypes: true,
      });
      const files = entries
        .filter(entry => entry.isFile())
        .map(entry => join(entry.parentPath, entry.name))
        .filter(path => !path.includes('/playground/clusters/'));
      expect(files).toContainEqual(expect.stringContaining('/volumes/'));
      return files.filter(path => readFileSync(path).includes(text));
    }

    async function ask(name: string): Promise<string> {
      const { body } = await portal.api<App>('/apps/shop');
      const [url] = body.environments[0].clusters.flatMap(({ urls }) => urls);
      const response = await fetch(new URL(`/${name}`, url));
      if (!response.ok) throw new Error(`${response.status}`);
      return response.text();
    }
  },
);
