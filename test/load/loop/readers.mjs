// People who look, as a process of their own: what they wait for is measured
// outside of the portal. One JSON order per line in, one JSON answer per line out:
//
//   { url, tokens, readers, paths, everyMs, seconds }
//
// Beside them one asks a bare server in another process ten times a second: what
// it waits for is the machine's, not the portal's.
//
// A reader asks the paths in turn, one every `everyMs` whether or not others
// wait (0: the next at once), and never before its own answer is there.
import { spawn } from 'node:child_process';
import { Agent, get } from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

const bare = spawn(
  process.execPath,
  [
    '-e',
    `require('node:http').createServer((_, r) => r.end('ok')).listen(0, '127.0.0.1', function () {
      process.stdout.write(this.address().port + '\\n');
    }); process.stdin.resume().on('end', () => process.exit());`,
  ],
  { stdio: ['pipe', 'pipe', 'inherit'] },
);
const barePort = Number(
  await new Promise(resolve => bare.stdout.once('data', resolve)),
);

let isStopped = false;
for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line);
  if (order.stop) isStopped = true;
  else {
    isStopped = false;
    void look(order).then(answer =>
      process.stdout.write(`${JSON.stringify(answer)}\n`),
    );
  }
}

async function look({ url, tokens, readers, paths, everyMs, seconds }) {
  const agent = new Agent({ keepAlive: true, maxSockets: readers + 1 });
  const until = performance.now() + seconds * 1000;
  const times = new Map(paths.map(path => [path, []]));
  const statuses = {};
  const startedAt = performance.now();
  const read = async index => {
    await wait((everyMs * index) / readers);
    let due = performance.now();
    for (let turn = index; !isStopped && performance.now() < until; turn += 1) {
      const path = paths[turn % paths.length];
      const from = performance.now();
      const status = await ask(
        url + path,
        tokens[index % tokens.length],
        agent,
      );
      times.get(path).push(performance.now() - from);
      statuses[status] = (statuses[status] ?? 0) + 1;
      due = Math.max(due + everyMs, performance.now());
      if (everyMs > 0) await wait(Math.max(0, due - performance.now()));
    }
  };
  const bareTimes = [];
  let isOver = false;
  const control = (async () => {
    while (!isOver) {
      const from = performance.now();
      await ask(`http://127.0.0.1:${barePort}/`, '', agent);
      bareTimes.push(performance.now() - from);
      await wait(100);
    }
  })();
  await Promise.all(Array.from({ length: readers }, (_, index) => read(index)));
  isOver = true;
  await control;
  agent.destroy();
  const all = [...times.values()].flat();
  return {
    ...describe(all),
    perSecond: all.length / ((performance.now() - startedAt) / 1000),
    statuses,
    bare: describe(bareTimes),
    paths: Object.fromEntries(
      [...times].map(([path, values]) => [path, describe(values)]),
    ),
  };
}

function describe(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = ratio =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * ratio))] ?? 0;
  return {
    count: sorted.length,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    max: at(1),
  };
}

function ask(url, token, agent) {
  return new Promise(resolve => {
    const request = get(
      url,
      { agent, headers: { authorization: `Bearer ${token}` } },
      response => {
        response.resume();
        response.on('end', () => resolve(response.statusCode));
        response.on('error', () => resolve('cut'));
      },
    );
    request.on('error', error => resolve(error.code ?? 'failed'));
  });
}
