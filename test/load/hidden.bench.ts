/*
 * Whether the time of an answer tells an app that is hidden from one that is not
 * there: both are asked for in turns, in an order drawn again each time, by
 * somebody who may see neither. The figure is the area under the curve (AUC) of
 * anyone who guesses by time: 0.5 is no better than a coin.
 *
 *   node test/load/run.mjs hidden [2000] [--seed 1] [--only WORDS]
 */
import { Agent, request } from 'node:http';
import { parseArgs } from 'node:util';
import { GIT_TOKENS } from '../src/tenancy/__testUtils__/describePortal';
import { TenantPortal } from '../src/tenancy/__testUtils__/TenantPortal';
import { median, seededRandom } from './statistics';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
});
const PAIRS = Number(positionals[0] ?? 2_000);
const WARM_UP = 200;
const MOST_AUC = 0.55; // goal R13
const HIDDEN = 'vault';
/** Names of the same length that no app has; the second shows what chance does. */
const ABSENT = ['tluav', 'ulvat'] as const;
const API = '/api/callboard/v1';

interface Question {
  name: string;
  method: string;
  pathOf(app: string): string;
  body?: string;
  isGit?: boolean;
}

const get = (name: string, rest: string): Question => ({
  name,
  method: 'GET',
  pathOf: app => `${API}/apps/${app}${rest}`,
});

const QUESTIONS: Question[] = [
  get('an app', ''),
  get('its releases', '/releases'),
  get('its timeline', '/timeline'),
  get('its placement', '/environments/dev/placement'),
  get('its log', '/environments/dev/logs?cluster=dev-1'),
  {
    name: 'a promotion',
    method: 'POST',
    pathOf: app => `${API}/apps/${app}/environments/stage/promotions`,
    body: '{"release":1}',
  },
  {
    name: 'its part of the journal',
    method: 'GET',
    pathOf: app => `${API}/journal?app=${app}`,
  },
  {
    name: 'its component in the catalog',
    method: 'GET',
    pathOf: app => `/api/catalog/entities/by-name/component/default/${app}`,
  },
  {
    name: 'search',
    method: 'GET',
    pathOf: app => `/api/search/query?term=${app}`,
  },
  {
    name: 'git fetch with a token',
    method: 'GET',
    pathOf: app =>
      `/api/callboard/git/${app}.git/info/refs?service=git-upload-pack`,
    isGit: true,
  },
];

/** Milliseconds from the request to the end of its answer. */
function timeOf(
  url: string,
  { method, body }: Question,
  {
    path,
    authorization,
    agent,
  }: { path: string; authorization: string; agent: Agent },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const startedAt = process.hrtime.bigint();
    const sent = request(
      new URL(path, url),
      {
        method,
        agent,
        headers: {
          authorization,
          ...(body !== undefined && {
            'content-type': 'application/json',
            'content-length': body.length,
          }),
        },
      },
      answer => {
        answer.resume();
        answer.on('error', reject);
        answer.on('end', () =>
          resolve(Number(process.hrtime.bigint() - startedAt) / 1e6),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** How often a value of the first list is larger than one of the second; ties count half. */
function areaUnderCurve(
  one: readonly number[],
  other: readonly number[],
): number {
  const all = [
    ...one.map(value => ({ value, isFirst: true })),
    ...other.map(value => ({ value, isFirst: false })),
  ].sort((a, b) => a.value - b.value);
  let ranks = 0;
  for (let from = 0; from < all.length; ) {
    let to = from;
    while (to < all.length && all[to].value === all[from].value) to += 1;
    const rank = (from + 1 + to) / 2;
    for (; from < to; from += 1) if (all[from].isFirst) ranks += rank;
  }
  const least = (one.length * (one.length + 1)) / 2;
  return (ranks - least) / (one.length * other.length);
}

async function main(): Promise<void> {
  const portal = await TenantPortal.start();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    portal.policy.reads = 'owners';
    await portal.untilLive();
    await portal.push(HIDDEN, 'vera');
    await portal.push('pay', 'otto');
    await portal.untilSearched(HIDDEN);
    const random = seededRandom(Number(options.seed));
    const basic = Buffer.from(GIT_TOKENS.otto.join(':')).toString('base64');
    const half = 1.96 * Math.sqrt((2 * PAIRS + 1) / (12 * PAIRS * PAIRS));
    process.stdout.write(
      '| asked for | hidden, median ms | absent, median ms | AUC | AUC of two absent ones |\n| --- | --- | --- | --- | --- |\n',
    );
    for (const question of QUESTIONS) {
      if (!question.name.includes(options.only)) continue;
      const apps = [HIDDEN, ...ABSENT];
      const times = new Map(apps.map(app => [app, [] as number[]]));
      for (let turn = 0; turn < PAIRS + WARM_UP; turn += 1) {
        const order = apps
          .map(app => ({ app, at: random() }))
          .sort((a, b) => a.at - b.at);
        for (const { app } of order) {
          const tookMs = await timeOf(portal.url, question, {
            path: question.pathOf(app),
            authorization: question.isGit
              ? `Basic ${basic}`
              : portal.credentials.otto,
            agent,
          });
          if (turn >= WARM_UP) times.get(app)!.push(tookMs);
        }
      }
      const [hidden, absent, other] = apps.map(app => times.get(app)!);
      const auc = areaUnderCurve(hidden, absent);
      const chance = areaUnderCurve(absent, other);
      process.stdout.write(
        `| ${question.name} | ${median(hidden).toFixed(3)} | ${median(
          absent,
        ).toFixed(3)} | ${auc.toFixed(3)} ± ${half.toFixed(
          3,
        )} | ${chance.toFixed(3)} |\n`,
      );
      if (Math.abs(auc - 0.5) > MOST_AUC - 0.5) process.exitCode = 1;
    }
    process.stdout.write(`${PAIRS} pairs each, seed ${options.seed}\n`);
  } finally {
    agent.destroy();
    await portal.stop();
  }
}

main().then(
  () => process.exit(), // whatever Backstage left open
  error => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
