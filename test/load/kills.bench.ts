/*
 * Kills a portal, its agent and its database (kill -9) while people push,
 * promote, drain and let clusters join, and judges every few dozen kills
 * whether all that was acknowledged is so, once, and nothing is left over.
 *
 *   node test/load/run.mjs kills 100 [--seed 1] [--database sqlite|postgres]
 *        [--apps 3] [--judge-after 40] [--settled-within 30] [--keep FOLDER]
 *
 * The portal is its backend without pages, catalog and sign-in
 * (test/src/support/__testUtils__/barePortal): Callboard's own plugin on its own services.
 * The clusters are simulated API servers in this process, which sees each write.
 * The seed decides whom to kill, when after the last start, and what people do;
 * what the machine does between is its own. The last line is what was found, as
 * JSON; the exit code is 1 where anything was not as acknowledged.
 */
import { cpSync } from 'node:fs';
import { setTimeout as rest } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Company } from './kills/Company';
import { Ledger } from './kills/Ledger';
import { judge } from './kills/judge';
import { type Barrier, develop, host, operate } from './kills/people';
import { seededRandom } from './statistics';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    database: { type: 'string', default: 'sqlite' },
    apps: { type: 'string', default: '3' },
    'judge-after': { type: 'string', default: '40' },
    'settled-within': { type: 'string', default: '30' },
    keep: { type: 'string' },
  },
});
const KILLS = Number(positionals[0] ?? 100);
const JUDGE_AFTER = Number(options['judge-after']);
const SEED = Number(options.seed);
const SETTLED_MS = 1_000 * Number(options['settled-within']);
const STARTING_SHARE = 0.25; // of the portals that are killed
const STARTING_MS = 1_200; // in which a portal opens its database and folder, and answers
const LONGEST_MS = 3_000; // that a portal works until something is killed
const CLUSTERS = ['dev-1', 'dev-2', 'prod-1', 'prod-2', 'prod-3'];

type Victim = 'portal' | 'agent' | 'database';
const SHARES: Record<string, Array<[Victim, number]>> = {
  sqlite: [
    ['agent', 0.15],
    ['portal', 1],
  ],
  postgres: [
    ['agent', 0.15],
    ['database', 0.6],
    ['portal', 1],
  ],
};

/** A barrier that can be shut: everybody comes to rest before it. */
class Rest implements Barrier {
  #isOpen = true;
  #isOver = false;
  #resting = 0;
  readonly #people: number;

  constructor(people: number) {
    this.#people = people;
  }

  async pass(): Promise<boolean> {
    if (!this.#isOpen) {
      this.#resting += 1;
      while (!this.#isOpen) await rest(20);
      this.#resting -= 1;
    }
    return !this.#isOver;
  }

  /** Resolves when everybody rests. */
  async shut(): Promise<void> {
    this.#isOpen = false;
    while (this.#resting < this.#people) await rest(20);
  }

  open({ isOver = false } = {}): void {
    this.#isOver = isOver;
    this.#isOpen = true;
  }
}

async function run(): Promise<void> {
  const database = options.database as 'sqlite' | 'postgres';
  const ledger = new Ledger();
  const company = await Company.open(database, ledger);
  const apps = Array.from(
    { length: Number(options.apps) },
    (_, index) => `app-${index + 1}`,
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      company.remove().finally(() => process.exit(1));
    });
  const startedAt = performance.now();
  try {
    const barrier = new Rest(apps.length + 2);
    const random = (salt: number) => seededRandom(SEED * 1_000 + salt);
    let isBroken = false;
    const people = [
      ...apps.map((app, index) =>
        develop(app, { company, barrier, random: random(index) }),
      ),
      operate(CLUSTERS, { company, barrier, random: random(100) }),
      host({ company, barrier, random: random(101) }),
    ].map(person =>
      person.catch(error => {
        ledger.violate(error.message);
        isBroken = true;
      }),
    );
    const chance = random(200);
    while (ledger.killed < KILLS && !isBroken) {
      await kill(company, chance, SHARES[database]);
      const isDue =
        ledger.killed % JUDGE_AFTER === 0 || ledger.killed === KILLS;
      if (!isDue) continue;
      await Promise.race([barrier.shut(), Promise.all(people)]);
      await judge(company, apps, { settledMs: SETTLED_MS });
      const minutes = (performance.now() - startedAt) / 60_000;
      process.stderr.write(
        `${ledger.killed} kills in ${minutes.toFixed(1)} min, ${
          ledger.acknowledged
        } acknowledged, ${ledger.violations.length} violations\n`,
      );
      barrier.open({ isOver: ledger.killed === KILLS });
    }
    barrier.open({ isOver: true });
    await Promise.race([Promise.all(people), rest(5_000)]);
  } finally {
    if (options.keep && ledger.violations.length > 0)
      cpSync(company.folder, options.keep, { recursive: true });
    await company.remove();
  }
  report(ledger, (performance.now() - startedAt) / 60_000);
}

/** Chooses by the seed whom to kill, and when: while the portal starts, or while it works. */
async function kill(
  company: Company,
  chance: () => number,
  shares: Array<[Victim, number]>,
): Promise<void> {
  const draw = chance();
  const [victim] = shares.find(([, upTo]) => draw < upTo)!;
  const isStarting = chance() < STARTING_SHARE;
  const part = chance();
  if (isStarting && victim === 'portal')
    await rest(
      Math.max(0, company.startedAt + part * STARTING_MS - performance.now()),
    );
  else {
    await company.whenBack();
    await rest(part * LONGEST_MS);
  }
  company.ledger.noteKill(victim);
  if (victim === 'portal') await company.killPortal();
  if (victim === 'agent') await company.killAgent();
  if (victim === 'database') await company.killDatabase();
}

function report(ledger: Ledger, minutes: number): void {
  const quantile = (values: number[], part: number) =>
    Math.round(
      [...values].sort((a, b) => a - b)[
        Math.min(values.length - 1, Math.floor(values.length * part))
      ] ?? 0,
    );
  const { kills, killed, acknowledged, violations, answers } = ledger;
  process.stdout.write(
    `${JSON.stringify({
      seed: SEED,
      database: options.database,
      killed,
      kills,
      acknowledged,
      violations,
      upper95: `${((3 / Math.max(1, killed)) * 100).toFixed(2)} %`,
      backAfterMs: [0.5, 0.99].map(part => quantile(ledger.backAfterMs, part)),
      settledAfterMs: [0.5, 1].map(part =>
        quantile(ledger.settledAfterMs, part),
      ),
      answers,
      minutes: Math.round(minutes * 10) / 10,
    })}\n`,
  );
  if (violations.length > 0) process.exitCode = 1;
}

run()
  .catch(error => {
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  })
  .finally(() => process.exit()); // somebody may still be trying
