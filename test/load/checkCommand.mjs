/*
 * `callboard check` from outside, the whole process: 1,000 Score files of 40
 * apps, 10,000 in one folder, and one hostile file of each sort beside a good
 * one.
 *
 *   node test/load/checkCommand.mjs [--rounds 5]
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const callboard = join(
  dirname(fileURLToPath(import.meta.url)),
  '../../packages/cli/bin/callboard',
);
const APPS = 40;
const WORKLOADS = 25;
const LOOSE = 10_000;
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' } },
});
const folder = mkdtempSync(join(tmpdir(), 'callboard-check-'));

const score = (name, next) => `apiVersion: score.dev/v1b1
metadata:
  name: ${name}
service:
  ports:
    www: { port: 80, targetPort: 8080 }
containers:
  web:
    image: registry.example.com/${name}:1
    command: [/bin/server]
    variables:
      NAME: \${metadata.name}
      NEXT: http://\${resources.next.hostname}:\${resources.next.port}
    files:
      /etc/app/config.yaml:
        content: |
          name: \${metadata.name}
    volumes:
      /data: { source: "\${resources.data}" }
    resources:
      limits: { cpu: 500m, memory: 256Mi }
    readinessProbe: { httpGet: { path: /ready, port: 8080 } }
resources:
  data: { type: volume }
  next: { type: service-port, params: { workload: ${next}, port: www } }
`;

function write(path, text) {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

function time(files, expected) {
  const beganMs = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [callboard, 'check', ...files],
    { encoding: 'utf8' },
  );
  if (status !== expected) throw new Error(`${status}: ${stdout}${stderr}`);
  return performance.now() - beganMs;
}

function measure(what, files, expected) {
  const times = Array.from({ length: Number(values.rounds) }, () =>
    time(files, expected),
  ).sort((a, b) => a - b);
  const median = times[Math.floor(times.length / 2)];
  process.stdout.write(
    `${what}: ${median.toFixed(0)} ms (${times[0].toFixed(0)} to ${times
      .at(-1)
      .toFixed(0)})\n`,
  );
}

try {
  const many = Array.from({ length: APPS }, (_, app) => [
    write(
      `app-${app}/app.yaml`,
      `apiVersion: callboard.dev/v1alpha1\nkind: App\nmetadata: { name: app-${app} }\nspec: {}\n`,
    ),
    ...Array.from({ length: WORKLOADS }, (none, index) =>
      write(
        `app-${app}/${index}/score.yaml`,
        score(`web-${index}`, `web-${(index + 1) % WORKLOADS}`),
      ),
    ),
  ]).flat();
  const one = write('one/score.yaml', score('web', 'web'));
  time([one], 0); // bundles, and fills the caches
  measure('one Score file', [one], 0);
  measure(`${APPS * WORKLOADS} Score files of ${APPS} apps`, many, 0);
  const loose = Array.from({ length: LOOSE }, (none, index) =>
    write(
      `loose/${index}.yaml`,
      score(`web-${index}`, `web-${(index + 1) % LOOSE}`),
    ),
  );
  measure(`${LOOSE} Score files of one folder`, loose, 0);
  const list = Array(9).fill('x').join();
  const hostile = {
    'an alias bomb': `a: &a [${list}]\n${Array.from(
      { length: 9 },
      (_, i) => `b${i}: &b${i} [${`*${i ? `b${i - 1}` : 'a'},`.repeat(9)}]`,
    ).join('\n')}\n`,
    '100,000 maps inside each other': '{a: '.repeat(100_000),
    '100 MB': 'a'.repeat(100_000_000),
    'a megabyte of keys': Array.from(
      { length: 90_000 },
      (none, i) => `k${i}: 1`,
    ).join('\n'),
    'a megabyte of brackets': '[]'.repeat(500_000),
    'a key given twice': 'a: 1\na: 2\n',
    'U+0000': 'a: \0\n',
    ['__proto__']: '__proto__: {}\n',
  };
  for (const [what, text] of Object.entries(hostile))
    measure(`${what}, and a good one`, [write('hostile.yaml', text), one], 1);
} finally {
  rmSync(folder, { recursive: true });
}
