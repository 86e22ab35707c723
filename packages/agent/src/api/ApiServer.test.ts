import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { ApiServer } from './ApiServer';

const TOKEN = 'of-the-agent "0123456789abcdef"';
const FOREVER = new AbortController().signal;

/** An API server, or a proxy in front of it, that quotes what it was sent. */
async function ask(status: number) {
  const server = http.createServer((request, response) => {
    const sent = request.headers.authorization!.slice('Bearer '.length);
    const message = `token ${sent} (${Buffer.from(sent).toString('base64')})`;
    const text = JSON.stringify({ kind: 'Status', code: status, message });
    response.writeHead(status, { 'content-length': Buffer.byteLength(text) });
    response.end(text);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const api = new ApiServer({
    server: `http://127.0.0.1:${port}`,
    readToken: async () => TOKEN,
  });
  try {
    const answer = await api.send({ method: 'GET', path: '/api' }, FOREVER);
    const text = (await buffer(answer.body)).toString();
    return { ...answer, text };
  } finally {
    api.close();
    await new Promise(resolve => server.close(resolve));
  }
}

it.each([401, 403, 422, 500])(
  'takes its token out of an answer of %d',
  async status => {
    const answer = await ask(status);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text).message).toBe('token [hidden] ([hidden])');
    expect(answer.headers).not.toHaveProperty('content-length');
  },
);

it('passes on what it asked for as it is', async () => {
  const answer = await ask(200);
  expect(JSON.parse(answer.text).message).toContain(TOKEN);
  expect(answer.headers).toHaveProperty('content-length');
});
