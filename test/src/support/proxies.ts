import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { eventually, freePort } from '@callboard/testing';

/** A program that runs until it is stopped. */
export interface Running {
  port: number;
  /** What it wrote into its log so far. */
  log(): string;
  stop(): Promise<void>;
}

/** A CA of one's own, and a certificate of it for an address. */
export interface Certificates {
  /** Files. */
  ca: string;
  certificate: string;
  key: string;
}

/** @param name - as in a certificate: `IP:10.0.0.7`, `DNS:portal.example` */
export function makeCertificates(folder: string, name: string): Certificates {
  mkdirSync(folder, { recursive: true });
  const [ca, caKey, certificate, key, request, extension] = [
    'ca.pem',
    'ca.key',
    'portal.pem',
    'portal.key',
    'portal.csr',
    'portal.ext',
  ].map(file => join(folder, file));
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { stdio: 'ignore' });
  const newKey = '-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes';
  openssl(
    ...`req -x509 ${newKey} -days 2 -subj /CN=site-ca`.split(' '),
    ...['-keyout', caKey, '-out', ca],
  );
  openssl(
    ...`req ${newKey} -subj /CN=portal`.split(' '),
    ...['-keyout', key, '-out', request],
  );
  writeFileSync(extension, `subjectAltName=${name}\n`);
  openssl(
    ...['x509', '-req', '-in', request, '-CA', ca, '-CAkey', caKey],
    ...['-CAcreateserial', '-days', '2', '-extfile', extension],
    ...['-out', certificate],
  );
  return { ca, certificate, key };
}

/** nginx, where TLS ends, in front of a portal that speaks plain HTTP; as its own guide to WebSockets says. */
export async function startNginx(
  folder: string,
  { host, port, certificate, key, target }: Certificates & NginxOptions,
): Promise<Running> {
  mkdirSync(folder, { recursive: true });
  const log = join(folder, 'access.log');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map(each => `${each}_temp_path ${folder}/${each};`)
    .join(' ');
  const file = join(folder, 'nginx.conf');
  writeFileSync(
    file,
    `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
events { worker_connections 256; }
http {
  access_log ${log}; ${temporary}
  server {
    listen ${host}:${port} ssl;
    ssl_certificate ${certificate};
    ssl_certificate_key ${key};
    location / {
      proxy_pass http://${target};
      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection "upgrade";
      proxy_set_header Host $host;
    }
  }
}
`,
  );
  return run('nginx', ['-c', file, '-e', `${folder}/error.log`], {
    host,
    port,
    log,
  });
}

export interface NginxOptions {
  host: string;
  port: number;
  /** `127.0.0.1:7007`. */
  target: string;
}

/** tinyproxy: a forward proxy that knows CONNECT. */
export async function startTinyproxy(
  folder: string,
  options: {
    host: string;
    /** Who may use it; everybody when omitted. */
    account?: { name: string; password: string };
    /** The only port it lets through to; any when omitted. */
    onlyPort?: number;
    /** Its own port; a free one when omitted. */
    port?: number;
  },
): Promise<Running> {
  mkdirSync(folder, { recursive: true });
  const { host, account, onlyPort, port = await freePort(host) } = options;
  const log = join(folder, 'proxy.log');
  const file = join(folder, 'tinyproxy.conf');
  writeFileSync(
    file,
    [
      `Port ${port}`,
      `Listen ${host}`,
      'Timeout 600',
      `LogFile "${log}"`,
      'LogLevel Connect',
      'MaxClients 20',
      ...(account ? [`BasicAuth ${account.name} ${account.password}`] : []),
      ...(onlyPort === undefined ? [] : [`ConnectPort ${onlyPort}`]),
      '',
    ].join('\n'),
  );
  return run('tinyproxy', ['-d', '-c', file], { host, port, log });
}

async function run(
  program: string,
  args: string[],
  { host, port, log }: { host: string; port: number; log: string },
): Promise<Running> {
  const child: ChildProcess = spawn(program, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const gone = new Promise<void>(resolve =>
    child.once('exit', () => resolve()),
  );
  await eventually(`${program} listens`, () => canConnect(host, port), 10_000);
  return {
    port,
    log: () => readFileSync(log, 'utf8'),
    stop: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

function canConnect(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, host, () => {
      socket.destroy();
      resolve();
    });
    socket.on('error', reject);
  });
}
