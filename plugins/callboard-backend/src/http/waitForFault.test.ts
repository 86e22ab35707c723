import express, { type RequestHandler } from 'express';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { sayStoreFaults } from './sayStoreFaults';

const PATH = '/api/catalog/entities';

/** Begins an answer before it ends, as compression does. */
const beginEarly: RequestHandler = (_req, res, next) => {
  const { end } = res;
  res.end = ((...args: unknown[]) => {
    if (!res.headersSent) res.writeHead(res.statusCode);
    return (end as (...given: unknown[]) => unknown).apply(res, args);
  }) as typeof res.end;
  next();
};

async function ask(
  handler: RequestHandler,
  { method = 'GET', path = PATH } = {},
): Promise<[number, string]> {
  const app = express();
  app.use(sayStoreFaults(), beginEarly);
  app.all(path, handler);
  app.use(((error, _req, res, _next) => {
    res.status(500).json({ error: { message: error.message } });
  }) as express.ErrorRequestHandler);
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method });
    return [answer.status, await answer.text()];
  } finally {
    server.close();
  }
}

/** Ends its answer, and then tells why, as the catalog does. */
const endThenFail: RequestHandler = (_req, res, next) => {
  res.end();
  setImmediate(() => next(new Error('Connection terminated unexpectedly')));
};

describe('waitForFault', () => {
  it('lets the fault be told that comes after the end', async () => {
    expect(await ask(endThenFail)).toEqual([
      503,
      expect.stringMatching(/the database does not answer/),
    ]);
  });

  it('leaves other addresses alone', async () => {
    expect(await ask(endThenFail, { path: '/api/other' })).toEqual([200, '']);
  });

  it.each<[string, RequestHandler, object, [number, string]]>([
    ['no entities', (_req, res) => void res.json([]), {}, [200, '[]']],
    [
      'a stream',
      (_req, res) => {
        res.write('[1');
        res.end(']');
      },
      {},
      [200, '[1]'],
    ],
    [
      'a stream that ends without a last word',
      (_req, res) => {
        res.write('[1]');
        res.end();
      },
      {},
      [200, '[1]'],
    ],
    ['nothing new', (_req, res) => void res.status(304).end(), {}, [304, '']],
    [
      'a look at the head',
      (_req, res) => void res.json([]),
      { method: 'HEAD' },
      [200, ''],
    ],
  ])('passes on %s', async (_, handler, options, answer) => {
    expect(await ask(handler, options)).toEqual(answer);
  });
});
