// Serves the files of a pushed folder that holds no program.
'use strict';

const { createReadStream } = require('node:fs');
const { realpath, stat } = require('node:fs/promises');
const { createServer } = require('node:http');
const { extname, join, sep } = require('node:path');

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml',
};

const folder = join(process.cwd(), process.argv[2] || '.');

createServer((request, response) => {
  serve(request, response).catch(() =>
    answer(response, 500, 'Cannot read this file\n'),
  );
}).listen(Number(process.env.PORT), () =>
  process.stdout.write(`Serving files on port ${process.env.PORT}\n`),
);

async function serve(request, response) {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    answer(response, 405, 'Only GET and HEAD\n');
    return;
  }
  const file = await findFile(request.url);
  if (!file) {
    answer(response, 404, 'Not found\n');
    return;
  }
  const { size, mtime } = await stat(file);
  response.writeHead(200, {
    'content-type':
      TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream',
    'content-length': size,
    'last-modified': mtime.toUTCString(),
    'x-content-type-options': 'nosniff',
  });
  if (request.method === 'HEAD') response.end();
  else createReadStream(file).pipe(response);
}

async function findFile(url) {
  let path;
  try {
    path = decodeURIComponent(new URL(url, 'http://localhost').pathname);
  } catch {
    return undefined;
  }
  if (path.includes('\0')) return undefined;
  const root = await realpath(folder);
  const hidden = path
    .split('/')
    .some(part => part.startsWith('.') && part !== '.well-known');
  if (hidden) return undefined;
  for (const candidate of [path, `${path}.html`, join(path, 'index.html')]) {
    const file = await realpath(join(root, candidate)).catch(() => undefined);
    if (file?.startsWith(root + sep) && (await stat(file)).isFile())
      return file;
  }
  return undefined;
}

function answer(response, status, text) {
  response
    .writeHead(status, { 'content-type': 'text/plain; charset=utf-8' })
    .end(text);
}
