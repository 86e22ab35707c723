import { createServer } from 'node:http';
import { add, count, database, openQueue } from './queue.js';

const name = '${{ values.name }}';
const port = Number(process.env.PORT ?? 8080);

async function answer(request, response) {
  // Who asks this starts the service again when it fails: another one would not help a database.
  if (request.url === '/healthz') {
    response.end('ok\n');
    return;
  }
  // Who asks this waits before sending people here.
  if (request.url === '/readyz') {
    await database.query('SELECT 1');
    response.end('ok\n');
    return;
  }
  console.log(`${request.method} ${request.url}`);
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  if (request.method === 'POST') {
    const id = await add(request.url);
    response.writeHead(202).end(`${name} will do task ${id}\n`);
    return;
  }
  const { done, all } = await count();
  response.end(`${name} has done ${done} of ${all} tasks\n`);
}

const server = createServer((request, response) => {
  answer(request, response).catch(error => {
    console.error(error.message);
    response.writeHead(503).end('The queue does not answer\n');
  });
});

await openQueue();
server.listen(port, () => console.log(`listening on port ${port}`));

// Told to stop: finish what is under way, then go.
process.on('SIGTERM', () =>
  server.close(async () => {
    await database.end();
    process.exit(0);
  }),
);
