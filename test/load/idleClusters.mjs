#!/usr/bin/env node
// What a fleet of idle simulated clusters costs: memory, start, one write, one list.
//
//   node --expose-gc --import @backstage/cli/config/nodeTransform.cjs test/load/idleClusters.mjs [clusters]
import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';

const require = createRequire(import.meta.url);
const { SimFleet } = require('@callboard/sim');

const count = Number(process.argv[2] ?? 1_000);
const settle = () => new Promise(resolve => setTimeout(resolve, 500));
const heapBytes = async () => {
  await settle();
  globalThis.gc?.();
  await settle();
  globalThis.gc?.();
  return process.memoryUsage();
};

const fleet = await SimFleet.listen();
fleet.addCluster({
  name: 'warm-up',
  token: 't',
  nodes: [{ name: 'n', cpu: '4', memory: '8Gi' }],
});
const before = await heapBytes();
const started = performance.now();
for (let i = 0; i < count; i++) {
  fleet.addCluster({
    name: `c-${i}`,
    token: 't',
    nodes: [{ name: 'node-0', cpu: '4', memory: '8Gi' }],
  });
}
const startMs = performance.now() - started;
const after = await heapBytes();

const call = async (method, path, body) => {
  const response = await fetch(`${fleet.urlOf('c-0')}${path}`, {
    method,
    headers: {
      Authorization: 'Bearer t',
      'Content-Type': 'application/apply-patch+yaml',
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return response.text();
};
const timed = async (times, work) => {
  const from = performance.now();
  for (let i = 0; i < times; i++) await work(i);
  return (performance.now() - from) / times;
};
const configMap = i => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: `c-${i}` },
  data: { i: String(i) },
});
const applyMs = await timed(500, i =>
  call(
    'PATCH',
    `/api/v1/namespaces/default/configmaps/c-${i}?fieldManager=load`,
    configMap(i),
  ),
);
const listMs = await timed(50, () =>
  call('GET', '/api/v1/namespaces/default/configmaps'),
);

const report = {
  clusters: count,
  heapKiBPerCluster: Math.round(
    (after.heapUsed - before.heapUsed) / count / 1024,
  ),
  residentMiB: Math.round(after.rss / 1024 / 1024),
  startMsPerCluster: Number((startMs / count).toFixed(2)),
  applyMs: Number(applyMs.toFixed(2)),
  listOf500Ms: Number(listMs.toFixed(2)),
};
process.stdout.write(`${JSON.stringify(report)}\n`);
await fleet.close();
process.exit(0);
