// How long a portal of many simulated clusters takes to end: told to while it
// takes them up, and told to once it knows them all.
//
//   node test/load/endOfMany.mjs [--clusters 400] [--port 7180] [--wait 300]
//
// Needs built pages. Ends all it started.
import { spawn } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const { values: options } = parseArgs({
  options: {
    clusters: { type: 'string', default: '400' },
    port: { type: 'string', default: '7180' },
    wait: { type: 'string', default: '300' },
  },
});
const count = Number(options.clusters);
const folder = mkdtempSync(join(tmpdir(), 'end-of-many-'));
try {
  const platform = join(folder, 'platform');
  cpSync(join(root, 'catalog'), platform, { recursive: true });
  rmSync(join(platform, 'clusters'), { recursive: true });
  mkdirSync(join(platform, 'clusters'));
  const example = readFileSync(
    join(root, 'catalog/clusters/edge-101.yaml'),
    'utf8',
  );
  for (let index = 0; index < count; index += 1)
    writeFileSync(
      join(platform, 'clusters', `edge-${index}.yaml`),
      example.replaceAll('edge-101', `edge-${index}`),
    );
  const config = join(folder, 'config.json');
  writeFileSync(
    config,
    JSON.stringify({ callboard: { platform: [platform] } }),
  );
  for (const share of [0.2, 0.95, 0.95]) {
    const { live, ms, output } = await run(config, Math.floor(count * share));
    process.stdout.write(
      `told to end with ${live} of ${count} clusters live: ${(
        ms / 1000
      ).toFixed(2)} s\n${output}`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Starts the portal, waits until so many clusters are live, and tells it to end. */
async function run(config, wanted) {
  const data = join(folder, 'data');
  const child = spawn(
    process.execPath,
    [
      join(root, 'tools/portal.mjs'),
      'start',
      ...['--port', options.port, '--data', data, '--config', config],
    ],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  child.stdout.on('data', chunk => (output += chunk));
  child.stderr.on('data', chunk => (output += chunk));
  const ended = new Promise(done =>
    child.once('exit', () => done(performance.now())),
  );
  const deadline = performance.now() + Number(options.wait) * 1000;
  let live = 0;
  while (!/#key=.+\n/.test(output) && child.exitCode === null) await wait(100);
  const key = /#key=(.+)\n/.exec(output)?.[1];
  while (
    live < wanted &&
    performance.now() < deadline &&
    child.exitCode === null
  ) {
    await wait(1_000);
    live = (await countLive(key)) ?? live;
  }
  const reported = performance.now();
  output = '';
  child.kill('SIGTERM');
  return { live, ms: (await ended) - reported, output };
}

/** Undefined while the portal does not answer. */
async function countLive(key) {
  const url = `http://localhost:${options.port}`;
  try {
    const session = await fetch(`${url}/api/auth/guest/refresh`, {
      method: 'POST',
      headers: { 'x-callboard-key': key },
    });
    const { token } = (await session.json()).backstageIdentity;
    const answer = await fetch(`${url}/api/callboard/v1/clusters?limit=500`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { items } = await answer.json();
    return items.filter(({ freshness }) => freshness === 'live').length;
  } catch {
    return undefined;
  }
}
