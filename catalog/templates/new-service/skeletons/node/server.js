import { createServer } from 'node:http';

const name = '${{ values.name }}';
const port = Number(process.env.PORT ?? 8080);
const greeting = process.env.GREETING ?? 'Hello';

const server = createServer((request, response) => {
  // Who asks this waits before sending people here, and starts the service again when it fails.
  if (request.url === '/healthz') {
    response.end('ok\n');
    return;
  }
  console.log(`${request.method} ${request.url}`);
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.end(`${greeting} from ${name}\n`);
});

server.listen(port, () => console.log(`listening on port ${port}`));

// Told to stop: finish what is under way, then go.
process.on('SIGTERM', () => server.close(() => process.exit(0)));
