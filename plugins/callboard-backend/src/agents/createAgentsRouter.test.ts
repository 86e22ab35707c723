import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { failed, ok } from '@callboard/plugin-callboard-common';
import express from 'express';
import { createAgentsRouter } from './createAgentsRouter';

/** The routes behind what logs requests as Backstage does: when they were answered. */
async function get(path: string) {
  const logged: string[] = [];
  const asked: string[] = [];
  const app = express();
  app.use((req, res, next) => {
    res.on('finish', () => void logged.push(req.originalUrl, req.url));
    next();
  });
  app.use(
    '/agents',
    createAgentsRouter({
      controlPlane: {
        readInstallManifest: async ({ token }) => {
          asked.push(token);
          return token === 'good'
            ? ok([
                {
                  apiVersion: 'v1',
                  kind: 'Namespace',
                  metadata: { name: 'a' },
                },
                { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'b' } },
              ])
            : failed({
                code: 'join-token-used',
                what: 'Cannot hand it out',
                why: 'it was used',
                next: 'Make another',
                transient: false,
              });
        },
      },
    }),
  );
  const server = createServer(app);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}${path}`);
  const text = await answer.text();
  await new Promise(resolve => server.close(resolve));
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    logged,
    asked,
  };
}

it('hands out YAML that nobody keeps', async () => {
  const { status, headers, text, asked } = await get(
    '/agents/edge-1/install.yaml?token=good',
  );
  expect([status, asked]).toEqual([200, ['good']]);
  expect(headers.get('content-type')).toMatch(/^text\/yaml/);
  expect(headers.get('cache-control')).toBe('no-store');
  expect(text.split('---\n')).toHaveLength(2);
});

it('says in words why not', async () => {
  const { status, text } = await get('/agents/edge-1/install.yaml?token=old');
  expect([status, text]).toEqual([
    410,
    'Cannot hand it out: it was used. Make another\n',
  ]);
});

it('leaves no token to anyone who logs requests', async () => {
  const { logged } = await get('/agents/edge-1/install.yaml?token=good');
  expect(logged).toHaveLength(2);
  expect(logged.join()).not.toContain('good');
});

it('takes one token, and no list of them', async () => {
  const { asked } = await get('/agents/edge-1/install.yaml?token=a&token=b');
  expect(asked).toEqual(['']);
});
