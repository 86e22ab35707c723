/*
 * Open files of a process that watches 400 clusters, 15 watches each, as a portal
 * does: of API servers that speak HTTP/2, and of servers that do not. Fails when
 * those that do cost more than two files each.
 *
 *   node test/load/run.mjs connections
 */
import { execFileSync, fork } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import http2 from 'node:http2';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHttpsTransport } from '@callboard/plugin-callboard-clusters-node';

const CLUSTERS = 400;
const WATCHES = 15;
const MOST_FILES = 2; // of one cluster

type Protocol = 'HTTP/2' | 'HTTP/1.1';

const countFiles = () => readdirSync('/proc/self/fd').length;

/** In a process of its own: its side of the connections is not counted. */
function serve(protocol: Protocol, folder: string): void {
  const own = {
    cert: readFileSync(join(folder, 'tls.crt')),
    key: readFileSync(join(folder, 'tls.key')),
  };
  const server =
    protocol === 'HTTP/2'
      ? http2.createSecureServer(own, (_, response) => {
          response.write('{}\n');
        })
      : https.createServer(own, (_, response) => {
          response.write('{}\n');
        });
  server.listen(0, '127.0.0.1', () =>
    process.send?.((server.address() as AddressInfo).port),
  );
}

async function measure(protocol: Protocol, folder: string): Promise<number> {
  const child = fork(process.argv[1], ['serve', protocol, folder]);
  const port = await new Promise<number>(resolve =>
    child.once('message', resolve),
  );
  const caData = readFileSync(join(folder, 'tls.crt'), 'utf8');
  const before = countFiles();
  const giveUp = new AbortController();
  const transports = await Promise.all(
    Array.from({ length: CLUSTERS }, async (_, index) => {
      const transport = await openHttpsTransport(`cluster-${index}`, {
        url: `https://127.0.0.1:${port}/${index}`,
        caData,
      });
      for (let watch = 0; watch < WATCHES; watch++) {
        const { body } = await transport.send({
          method: 'GET',
          path: `/watch-${watch}`,
          signal: giveUp.signal,
        });
        await body[Symbol.asyncIterator]().next();
      }
      return transport;
    }),
  );
  const files = countFiles() - before;
  for (const transport of transports) await transport.close();
  child.kill();
  return files;
}

async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-connections-'));
  try {
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt'],
        ...['ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'],
        ...['-subj', '/CN=api', '-addext', 'subjectAltName=IP:127.0.0.1'],
        ...['-keyout', join(folder, 'tls.key')],
        ...['-out', join(folder, 'tls.crt')],
      ],
      { stdio: 'pipe' },
    );
    const files = {
      'HTTP/2': await measure('HTTP/2', folder),
      'HTTP/1.1': await measure('HTTP/1.1', folder),
    };
    process.stdout.write(
      `${JSON.stringify({ clusters: CLUSTERS, watches: WATCHES, files })}\n`,
    );
    if (files['HTTP/2'] > CLUSTERS * MOST_FILES)
      throw new Error(`400 clusters cost ${files['HTTP/2']} open files`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const [word, protocol, folder] = process.argv.slice(2);
if (word === 'serve') serve(protocol as Protocol, folder);
else
  run().catch(error => {
    process.stderr.write(`${error}\n`);
    process.exitCode = 1;
  });
