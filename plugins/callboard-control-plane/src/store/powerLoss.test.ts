import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { seededRandom } from '@callboard/sim';
import knexFactory, { type Knex } from 'knex';
import { verifyJournal } from './journal';
import {
  type DiskEvent,
  STRACE_OPTIONS,
  readTrace,
} from './__testUtils__/readTrace';
import { LOSSES, type Loss, rebuildDisk } from './__testUtils__/rebuildDisk';

/** 1,000 cuts: `CALLBOARD_CUTS=1000`. */
const CUTS = Number(process.env.CALLBOARD_CUTS ?? 60);
const SEED = Number(process.env.CALLBOARD_SEED ?? 7);
const ENTRIES = 40;

const hasStrace = spawnSync('strace', ['-V']).status === 0;
const describeHere = hasStrace ? describe : describe.skip;

describeHere(
  `the record after a loss of power${
    hasStrace ? '' : ' (skipped: apt-get install strace)'
  }`,
  () => {
    let folder: string;

    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'callboard-power-'));
    });

    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    it(`opens and has every acknowledged entry, at ${CUTS} cuts`, async () => {
      const events = watch(folder);
      const isOfFile = ({ kind, ...event }: DiskEvent) =>
        kind === 'sync' && 'file' in event && event.file.endsWith('.sqlite');
      expect(events.slice(readyIn(events)).filter(isOfFile)).not.toEqual([]);
      const lost = await cutOften(events, folder);
      expect(lost).toEqual([]);
    }, 1_800_000);

    it.each(['a file that is never synced', 'a log that nobody waits for'])(
      'is seen to lose entries with %s',
      async planted => {
        const events = watch(folder, planted);
        expect(await cutOften(events, folder, { stopAt: 1 })).toHaveLength(1);
      },
      1_800_000,
    );
  },
);

/** Runs a process that writes, and answers what it did to its disk. */
function watch(folder: string, planted?: string): DiskEvent[] {
  const trace = join(folder, 'trace');
  const { status, stderr } = spawnSync(
    'strace',
    [
      ...STRACE_OPTIONS,
      ...['-o', trace],
      process.execPath,
      ...['--require', '@backstage/cli-node/config/nodeTransform.cjs'],
      join(__dirname, '__testUtils__/writeEntries.ts'),
      join(folder, 'record.sqlite'),
      String(ENTRIES),
      ...(planted ? [planted] : []),
    ],
    { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } },
  );
  if (status !== 0) throw new Error(stderr);
  return readTrace(readFileSync(trace, 'utf8'), join(folder, 'record.sqlite'));
}

/** Where it says that it begins. */
function readyIn(events: readonly DiskEvent[]): number {
  return events.findIndex(
    event => event.kind === 'said' && event.text.includes('ready'),
  );
}

/** Cuts spread over the whole run; answers what was found wrong. */
async function cutOften(
  events: DiskEvent[],
  folder: string,
  { stopAt = Number.POSITIVE_INFINITY } = {},
): Promise<string[]> {
  const random = seededRandom(SEED).next;
  const ready = readyIn(events);
  expect(ready).toBeGreaterThan(0);
  const found: string[] = [];
  for (let index = 0; index < CUTS && found.length < stopAt; index += 1) {
    const loss = LOSSES[index % LOSSES.length];
    const cut = ready + 1 + Math.floor(random() * (events.length - ready));
    const wrong = await openAfter(events, cut, { loss, random, folder });
    if (wrong) found.push(`cut ${cut}, unsynced sectors ${loss}: ${wrong}`);
  }
  return found;
}

async function openAfter(
  events: DiskEvent[],
  cut: number,
  options: { loss: Loss; random: () => number; folder: string },
): Promise<string | undefined> {
  const place = mkdtempSync(join(options.folder, 'cut-'));
  for (const [file, bytes] of rebuildDisk(events, cut, options)) {
    if (!file.endsWith('-shm'))
      writeFileSync(join(place, basename(file)), bytes);
  }
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: { filename: join(place, 'record.sqlite') },
    useNullAsDefault: true,
  });
  try {
    return await judge(knex, acknowledgedBefore(events, cut));
  } catch (error) {
    return (error as Error).message;
  } finally {
    await knex.destroy();
    rmSync(place, { recursive: true });
  }
}

async function judge(
  knex: Knex,
  acknowledged: number,
): Promise<string | undefined> {
  const [{ integrity_check: integrity }] = (await knex.raw(
    'pragma integrity_check',
  )) as Array<{ integrity_check: string }>;
  if (integrity !== 'ok') return integrity;
  const [{ count }] = (await knex('journal').count({ count: '*' })) as Array<{
    count: number;
  }>;
  if (count < acknowledged)
    return `${acknowledged} entries were acknowledged, ${count} are there`;
  const broken = await verifyJournal(knex);
  return broken === undefined ? undefined : `the chain breaks at ${broken}`;
}

function acknowledgedBefore(events: DiskEvent[], cut: number): number {
  return events
    .slice(0, cut)
    .filter(event => event.kind === 'said' && event.text.startsWith('ack '))
    .length;
}
