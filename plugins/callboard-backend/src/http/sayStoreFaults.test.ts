import express from 'express';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { sayStoreFaults } from './sayStoreFaults';

describe('sayStoreFaults', () => {
  /** What a plugin's answer becomes. */
  async function pass(status: number, body: object) {
    const app = express();
    app.use(sayStoreFaults());
    app.get('/', (_req, res) => {
      res.status(status).json(body);
    });
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const { port } = server.address() as AddressInfo;
      const answer = await fetch(`http://127.0.0.1:${port}`);
      return [answer.status, await answer.json()];
    } finally {
      server.close();
    }
  }

  const failure = (error: object) => ({
    error,
    request: { method: 'GET', url: '/entities' },
    response: { statusCode: 500 },
  });

  it.each([
    {
      error: {
        message: 'connect ENOENT /run/.s.PGSQL.5432',
        code: 'ENOENT',
        syscall: 'connect',
      },
      says: /the database does not answer/,
    },
    {
      error: { message: 'Connection terminated unexpectedly' },
      says: /the database does not answer/,
    },
    {
      error: { message: 'database or disk is full', code: 'SQLITE_FULL' },
      says: /the disk of the database is full/,
    },
  ])('says $says', async ({ error, says }) => {
    expect(await pass(500, failure(error))).toEqual([
      503,
      {
        error: {
          name: 'ServiceUnavailableError',
          message: expect.stringMatching(says),
        },
        request: { method: 'GET', url: '/entities' },
        response: { statusCode: 503 },
      },
    ]);
  });

  it.each([
    ['a bug', 500, failure({ message: 'x is not a function' })],
    ['a file that is missing', 500, failure({ message: '', code: 'ENOENT' })],
    ['another status', 404, failure({ message: '', code: 'ECONNREFUSED' })],
    ['an answer without a failure', 200, { items: [] }],
  ])('leaves %s as it is', async (_, status, body) => {
    expect(await pass(status, body)).toEqual([status, body]);
  });
});
