// The playground's example: a web server with nothing but Node.js.
import { createServer } from 'node:http';

const port = Number(process.env.PORT ?? 8080);
const greeting = process.env.GREETING ?? 'Hello';

const page = `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <meta name="viewport" content="width=device-width" />
  <title>${greeting}</title>
  <style>
    body { font: 1.25rem/1.6 system-ui, sans-serif; max-width: 32rem; margin: 20vh auto; padding: 0 1rem; }
    code { background: #8882; padding: 0.1em 0.3em; border-radius: 0.2em; }
  </style>
  <h1>${greeting} from Callboard</h1>
  <p>This page is served by code that was pushed with git. Change <code>GREETING</code> in
  <code>score.yaml</code>, commit, push, and look again.</p>
</html>
`;

createServer((request, response) => {
  if (request.url === '/healthz') {
    response.end('ok\n');
    return;
  }
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.end(page);
}).listen(port, () => console.log(`hello listens on port ${port}`));
