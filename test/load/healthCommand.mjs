/*
 * `callboard health` over 10,000 mixed objects, from outside: the whole
 * process, against a process of the same Node that only reads and parses the
 * file. Goal: at most five times.
 *
 *   node test/load/healthCommand.mjs [--rounds 9]
 */
import { spawnSync } from 'node:child_process';
import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parse, stringify } from 'yaml';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const callboard = join(root, 'packages/cli/bin/callboard');
const situations = join(
  root,
  'plugins/callboard-core/src/health/__fixtures__/situations',
);
const OBJECTS = 10_000;
const PARSE = {
  json: 'JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"))',
  yaml: 'require("yaml").parseAllDocuments(require("fs").readFileSync(process.argv[1], "utf8"), { uniqueKeys: false }).map(document => document.toJS())',
};
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '9' } },
});

/** Small objects, one for each way to be judged: code, table, family, generic checks, none. */
const ready = more => ({
  conditions: [{ type: 'Ready', status: 'True', ...more }],
});
const SMALL = [
  { apiVersion: 'v1', kind: 'ConfigMap', data: { a: 'b' } },
  { apiVersion: 'v1', kind: 'Pod', status: { phase: 'Running', ...ready() } },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    spec: { replicas: 2 },
    status: { replicas: 2, updatedReplicas: 2, availableReplicas: 1 },
  },
  {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    status: ready({ message: 'Certificate is up to date' }),
  },
  { apiVersion: 's3.aws.upbound.io/v1beta1', kind: 'Bucket', status: ready() },
  {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    status: { observedGeneration: '1', phase: 'Healthy' },
  },
  {
    apiVersion: 'example.com/v1',
    kind: 'Thing',
    status: { conditions: [{ type: 'Available', status: 'False' }] },
  },
].map(object => ({
  ...object,
  metadata: { name: 'it', namespace: 'here', generation: 1 },
}));

const recorded = readdirSync(situations).flatMap(folder => {
  const value = parse(
    readFileSync(join(situations, folder, 'objects.yaml'), 'utf8'),
  );
  return value.items ?? value;
});
const many = objects =>
  Array.from(
    { length: OBJECTS },
    (_, index) => objects[index % objects.length],
  );
const list = objects =>
  JSON.stringify({ apiVersion: 'v1', kind: 'List', items: many(objects) });
const cases = [
  { name: 'recorded on a cluster, JSON', format: 'json', text: list(recorded) },
  { name: 'small, JSON', format: 'json', text: list(SMALL) },
  {
    name: 'small, YAML',
    format: 'yaml',
    text: many(SMALL)
      .map(object => stringify(object))
      .join('---\n'),
  },
];

const folder = mkdtempSync(join(tmpdir(), 'callboard-health-'));
try {
  spawnSync(process.execPath, [callboard, '--help']); // bundles the program, where that is not done
  process.stdout.write(
    '| 10,000 objects | MB | parse, ms | callboard health, ms | ratio |\n| --- | ---: | ---: | ---: | ---: |\n',
  );
  for (const { name, format, text } of cases) {
    const file = join(folder, `objects.${format}`);
    writeFileSync(file, text);
    const parsing = ['-e', PARSE[format], file];
    const judging = [callboard, 'health', '-f', file, '--output', 'json'];
    const [parseMs, judgeMs] = medians(parsing, judging);
    const ratio = judgeMs / parseMs;
    process.stdout.write(
      `| ${name} | ${(text.length / 1e6).toFixed(1)} | ${parseMs.toFixed(
        0,
      )} | ${judgeMs.toFixed(0)} | ${ratio.toFixed(1)} |\n`,
    );
    if (ratio > 5) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}

/** Taken in turns, so that what else the machine does meets both. */
function medians(...commands) {
  const times = commands.map(() => []);
  for (let round = 0; round <= Number(values.rounds); round += 1) {
    commands.forEach((args, index) => {
      const startedAt = performance.now();
      const { status } = spawnSync(process.execPath, args, {
        cwd: root,
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      if (status !== 0)
        throw new Error(`${args.join(' ')} ended with ${status}`);
      if (round > 0) times[index].push(performance.now() - startedAt); // the first fills caches
    });
  }
  return times.map(
    each => each.sort((a, b) => a - b)[Math.floor(each.length / 2)],
  );
}
