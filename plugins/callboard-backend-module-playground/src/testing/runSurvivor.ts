/*
 * Runs the code in argv on its own, to be killed: `runSurvivor.ts FOLDER
 * PROGRAMS CODE`. Prints the output of the code.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  RunArea,
  type SandboxProgram,
} from '@callboard/plugin-callboard-sandbox-node';
import { BundleStore, formatBundleImage } from '../bundles';
import { ProcessRuntime } from '../processes';

const [folder, programs, code] = process.argv.slice(2);

async function run(): Promise<void> {
  const area = await RunArea.open({
    dataDir: folder,
    isRoot: process.getuid?.() === 0,
    programs: JSON.parse(programs) as SandboxProgram[],
  });
  const store = new BundleStore({
    folder: join(folder, 'bundles'),
    newId: randomUUID,
  });
  const runtime = new ProcessRuntime({ store, area, newId: randomUUID });
  const image = { app: 'survivor', digest: '1'.padStart(64, '0') };
  const source = join(folder, 'source');
  await mkdir(source);
  await writeFile(join(source, 'server.js'), code);
  await store.add(image, source);
  const say = (words: unknown) => process.stdout.write(`${words}\n`);
  runtime.start({
    cluster: 'eu-1',
    namespace: 'survivor--dev',
    pod: 'survivor-1',
    podUid: 'survivor',
    labels: {},
    container: 'web',
    image: formatBundleImage(image),
    env: {},
    files: {},
    ports: [8080],
    onLog: lines => lines.forEach(say),
    onExit: exit => say(JSON.stringify(exit)),
    onStartFailed: problem => say(JSON.stringify(problem)),
  });
}

void run();
