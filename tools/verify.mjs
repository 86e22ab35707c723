// `npm test`: everything that this machine can check, part by part in two lanes,
// with the time of each, and at the end what was skipped and why. With
// CALLBOARD_REQUIRE=all (CI) a skipped part is a failure. Files of tests that
// failed run once more by themselves: what passes then is told as unsteady, by
// name, and is to be mended; it does not hide that all else holds.
// CALLBOARD_LANES=1 runs one part after the other.
import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';
import { runLanes } from './verify/lanes.mjs';
import { leaveOutCovered } from './verify/leaveOutCovered.mjs';
import { parts } from './verify/parts.mjs';
import { endAll, runPart } from './verify/runPart.mjs';

const words = process.argv.slice(2);
const chosen = parts.filter(
  ({ name }) => words.length === 0 || words.some(word => name.includes(word)),
);
const startedAt = performance.now();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => endAll(signal));

mkdirSync(join(root, 'test-results'), { recursive: true });
const results = await runLanes(leaveOutCovered(chosen), {
  lanes: Number(
    process.env.CALLBOARD_LANES ?? Math.min(2, availableParallelism()),
  ),
  runPart: async part =>
    part.skip ? { ...part, outcome: 'skipped' } : runPart(part),
});
report(results);

function report(all) {
  const skipped = all.filter(({ outcome }) => outcome === 'skipped');
  for (const { name, skip } of skipped)
    process.stdout.write(`skipped ${name}: ${skip}\n`);
  const total = key =>
    all.reduce((count, { counts }) => count + (counts?.[key] ?? 0), 0);
  const seconds = (performance.now() - startedAt) / 1000;
  const cpuSeconds = all.reduce(
    (sum, result) => sum + (result.cpuSeconds ?? 0),
    0,
  );
  process.stdout.write(
    `All parts: ${seconds.toFixed(0)} s, ${cpuSeconds.toFixed(0)} s of CPU\n`,
  );
  const failedParts = all.filter(({ outcome }) => outcome === 'failed');
  const required = process.env.CALLBOARD_REQUIRE === 'all' ? skipped : [];
  for (const { name, unsteady = [] } of all)
    for (const title of unsteady)
      process.stdout.write(`UNSTEADY ${name}: ${title}\n`);
  for (const { name, failures } of failedParts)
    for (const title of failures.slice(0, 20))
      process.stdout.write(`FAIL ${name}: ${title}\n`);
  for (const { name } of required)
    process.stdout.write(`FAIL ${name} did not run, and must run here\n`);
  process.stdout.write(
    `${total('passed')} passed, ${Math.max(
      total('failed'),
      failedParts.length,
    )} failed, ${total('skipped')} skipped\n`,
  );
  process.exitCode = failedParts.length + required.length > 0 ? 1 : 0;
}
