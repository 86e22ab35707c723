import { createServer } from 'node:http';
import pg from 'pg';

const name = '${{ values.name }}';
const port = Number(process.env.PORT ?? 8080);
const database = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: 5,
});

// A connection that nobody uses ended: the next query makes another one.
database.on('error', error => console.error(`database: ${error.message}`));

// Counts a visit to a path, and answers how many there were.
async function visit(path) {
  const { rows } = await database.query(
    `INSERT INTO visits (path, count) VALUES ($1, 1)
     ON CONFLICT (path) DO UPDATE SET count = visits.count + 1
     RETURNING count`,
    [path.slice(0, 200)],
  );
  return rows[0].count;
}

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
  const count = await visit(request.url);
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.end(`Visit ${count} to ${request.url} of ${name}\n`);
}

const server = createServer((request, response) => {
  answer(request, response).catch(error => {
    console.error(error.message);
    response.writeHead(503).end('The database does not answer\n');
  });
});

await database.query(
  'CREATE TABLE IF NOT EXISTS visits (path text PRIMARY KEY, count bigint NOT NULL)',
);
server.listen(port, () => console.log(`listening on port ${port}`));

// Told to stop: finish what is under way, then go.
process.on('SIGTERM', () =>
  server.close(async () => {
    await database.end();
    process.exit(0);
  }),
);
