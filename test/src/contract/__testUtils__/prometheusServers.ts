import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, freePort } from '@callboard/testing';
import { TrafficExporter } from './TrafficExporter';

const RECORDED = join(__dirname, '../__fixtures__/prometheus-2.42.json');

/** What a Prometheus answered to each query. */
export type Recording = Record<string, { status: number; body: unknown }>;

/** One that is asked over HTTP. */
export interface PrometheusUnderTest {
  url: string;
  close(): Promise<void>;
}

/** Debian's package has it on the PATH. */
const PROMETHEUS = process.env.CALLBOARD_PROMETHEUS ?? 'prometheus';

export function hasPrometheus(): boolean {
  return spawnSync(PROMETHEUS, ['--version']).status === 0;
}

async function readRecording(): Promise<Recording> {
  return JSON.parse(await readFile(RECORDED, 'utf8')) as Recording;
}

export async function keepRecording(recording: Recording): Promise<void> {
  await writeFile(RECORDED, `${JSON.stringify(recording, null, 2)}\n`);
}

/** Answers as a real one did when it was recorded, and as it does to what it cannot parse. */
export async function openRecorded(): Promise<PrometheusUnderTest> {
  const recording = await readRecording();
  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://prometheus');
    const { status, body } = recording[url.searchParams.get('query') ?? ''] ?? {
      status: 400,
      body: { status: 'error', errorType: 'bad_data', error: 'not recorded' },
    };
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise(resolve => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** A real one that has scraped what is played, several times. */
export async function openReal(): Promise<PrometheusUnderTest> {
  const exporter = await TrafficExporter.open();
  const folder = await mkdtemp(join(tmpdir(), 'prometheus-'));
  const port = await freePort();
  await writeFile(
    join(folder, 'prometheus.yml'),
    JSON.stringify({
      global: { scrape_interval: '1s' },
      scrape_configs: [
        {
          job_name: 'played',
          honor_labels: true,
          static_configs: [{ targets: [exporter.target] }],
        },
      ],
    }),
  );
  const child: ChildProcess = spawn(
    PROMETHEUS,
    [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: 'ignore' },
  );
  const ended = new Promise<void>(resolve => {
    child.once('exit', () => resolve());
  });
  const url = `http://127.0.0.1:${port}`;
  await eventually(
    async () => {
      const query = 'count_over_time(http_requests_total[1m]) > 5';
      const answer = await fetch(
        `${url}/api/v1/query?${new URLSearchParams({ query })}`,
      );
      expect(JSON.stringify(await answer.json())).toContain('own--dev');
    },
    { timeoutMs: 60_000 },
  );
  return {
    url,
    async close() {
      child.kill('SIGTERM');
      await ended;
      await exporter.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
