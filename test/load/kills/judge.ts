import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as rest } from 'node:timers/promises';
import type { App } from '@callboard/plugin-callboard-common';
import type { Company } from './Company';

const LOOK_MS = 200;

interface JournalRow {
  action: string;
  app: string | null;
  environment: string | null;
  cluster: string | null;
  release: number | null;
  why: string | null;
}

/** While nobody asks for anything and nothing is killed: is everything as it was acknowledged, once, and nothing else? */
export async function judge(
  company: Company,
  apps: readonly string[],
  { settledMs }: { settledMs: number },
): Promise<void> {
  const { ledger } = company;
  await company.whenBack();
  const from = performance.now();
  let differences: string[];
  for (;;) {
    differences = await findDifferences(company, apps);
    if (differences.length === 0 || performance.now() - from > settledMs) break;
    await rest(LOOK_MS);
  }
  ledger.settledAfterMs.push(performance.now() - from);
  for (const each of differences)
    ledger.violate(`not so after ${settledMs / 1000} s: ${each}`);
  judgeRecord(company, apps);
  await judgeStorage(company, apps);
}

/** What is not as people were told that it will be. */
async function findDifferences(
  company: Company,
  apps: readonly string[],
): Promise<string[]> {
  const { ledger, witness } = company;
  const differences: string[] = [];
  const wanted: string[] = [];
  for (const name of apps) {
    const pushed = ledger.pushed.get(name)?.length ?? 0;
    if (pushed === 0) continue;
    const promoted = ledger.promoted.get(name)?.at(-1);
    const answer = await company.ask<App>(`/apps/${name}`);
    if (answer?.status !== 200) return [JSON.stringify(answer)];
    for (const environment of answer.body.environments) {
      const isDev = environment.name === 'dev';
      const release = isDev ? pushed : promoted;
      if (release === undefined) continue;
      const clusters = environment.clusters.map(each => each.cluster);
      const said = JSON.stringify({
        release: environment.release?.number,
        health: environment.health.status,
        clusters: environment.clusters.map(each => each.release),
        rollout: environment.rollout?.phase,
      });
      const expected = JSON.stringify({
        release,
        health: 'Healthy',
        clusters: isDev ? [release] : [release, release],
        rollout: isDev ? undefined : 'done',
      });
      if (said !== expected)
        differences.push(
          `${name} in ${environment.name} is ${said}, not ${expected}`,
        );
      wanted.push(
        ...clusters.map(
          cluster => `${name}--${environment.name} ${cluster} ${release}`,
        ),
      );
    }
  }
  const running = witness
    .running()
    .map(({ place, cluster, version }) => `${place} ${cluster} ${version}`);
  differences.push(
    ...wanted
      .filter(each => !running.includes(each))
      .map(each => `${each} does not run`),
    ...running
      .filter(each => !wanted.includes(each))
      .map(each => `${each} runs, and nobody wants it there`),
    ...witness.orphans().map(each => `${each} is nobody's`),
  );
  return differences;
}

/** Every acknowledged thing is in the record once, and nothing is that nobody asked for. */
function judgeRecord(company: Company, apps: readonly string[]): void {
  const { ledger } = company;
  const journal = rowsOf<JournalRow>(
    company,
    'select action, app, environment, cluster, release, why from journal order by sequence',
  );
  const releases = rowsOf<{ app: string; commit: string; number: number }>(
    company,
    'select app, "commit", number from releases order by app, number',
  );
  const entries = (action: string, of: Partial<JournalRow>) =>
    journal.filter(
      row =>
        row.action === action &&
        Object.entries(of).every(
          ([key, value]) => row[key as keyof JournalRow] === value,
        ),
    );
  const compare = (what: string, found: unknown, expected: unknown) => {
    const [a, b] = [found, expected].map(each => JSON.stringify(each));
    if (a !== b) ledger.violate(`${what}: ${a}, not ${b}`);
  };
  for (const app of apps) {
    const pushed = ledger.pushed.get(app) ?? [];
    const numbers = pushed.map((_, index) => index + 1);
    const own = releases.filter(each => each.app === app);
    compare(
      `commits of releases of ${app}`,
      own.map(({ commit }) => commit),
      pushed,
    );
    compare(
      `entries of pushes of ${app}`,
      entries('revision.pushed', { app }).length,
      pushed.length,
    );
    compare(
      `entries of releases of ${app}`,
      entries('release.created', { app }).map(({ release }) => release),
      numbers,
    );
    compare(
      `entries of promotions of ${app}`,
      entries('release.promoted', { app }).map(({ release }) => release),
      ledger.promoted.get(app) ?? [],
    );
    compare(
      `births of ${app}`,
      entries('app.created', { app }).length,
      Math.min(1, pushed.length),
    );
  }
  for (const { action, why } of ledger.scheduled)
    compare(`entries of ${why}`, entries(action, { why }).length, 1);
  for (const cluster of ledger.joined)
    for (const action of ['cluster.joined', 'cluster.revoked'])
      compare(
        `${action} of ${cluster}`,
        entries(action, { cluster }).length,
        1,
      );
}

/** Nothing is damaged: databases, the chain of the journal, repositories. */
async function judgeStorage(
  company: Company,
  apps: readonly string[],
): Promise<void> {
  const { ledger, portal, postgres } = company;
  if (postgres)
    attempt(company, 'pg_amcheck', () =>
      postgres.ask('pg_amcheck', '--all', '--install-missing'),
    );
  else
    for (const file of readdirSync(join(portal.dataDir, 'database')))
      if (file.endsWith('.sqlite'))
        for (const pragma of ['integrity_check', 'foreign_key_check']) {
          const rows = query(company, file, `pragma ${pragma}`);
          const said = JSON.stringify(rows.map(row => Object.values(row)));
          if (said !== '[["ok"]]' && said !== '[]')
            ledger.violate(`${pragma} of ${file}: ${said}`);
        }
  const broken = await portal.verify();
  if (broken !== undefined)
    ledger.violate(`the journal is broken at ${broken}`);
  for (const app of apps) {
    const head = ledger.pushed.get(app)?.at(-1);
    if (head === undefined) continue;
    const git = (...args: string[]) =>
      execFileSync(
        'git',
        ['-C', join(portal.dataDir, 'git/apps', `${app}.git`), ...args],
        { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
      );
    attempt(company, `git fsck of ${app}`, () => {
      git('fsck', '--strict', '--no-dangling');
      const main = git('rev-parse', 'refs/heads/main').trim();
      if (main !== head) throw new Error(`main is ${main}, not ${head}`);
    });
  }
}

function attempt(company: Company, what: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    company.ledger.violate(`${what}: ${(error as Error).message}`);
  }
}

function rowsOf<T>(company: Company, sql: string): T[] {
  const { postgres } = company;
  if (!postgres) return query(company, 'callboard.sqlite', sql) as T[];
  const text = postgres.ask(
    'psql',
    ...['--no-align', '--tuples-only', '--quiet'],
    ...['--dbname', 'backstage_plugin_callboard'],
    ...['--command', `select json_agg(row_to_json(t)) from (${sql}) t`],
  );
  return (JSON.parse(text || 'null') ?? []) as T[];
}

function query(
  { portal }: Company,
  file: string,
  sql: string,
): Array<Record<string, unknown>> {
  const database = new DatabaseSync(join(portal.dataDir, 'database', file), {
    readOnly: true,
  });
  try {
    return database.prepare(sql).all();
  } finally {
    database.close();
  }
}
