import { readFile } from 'node:fs/promises';
import {
  type App,
  type AppEnvironment,
  nameCluster,
} from '@callboard/plugin-callboard-common';
import type { Page } from '@playwright/test';
import { groupBy, isSilent, plural } from './facts';
import type { Count } from './findMiscounts';
import type { Answers } from './readAnswers';

/** Does an environment run where it was decided? As its placement and its clusters say. */
function auditOf(
  app: App,
  { name, clusters, placement }: AppEnvironment,
  { placements }: Answers,
) {
  const decided = (placements[`${app.name} ${name}`]?.verdicts ?? [])
    .filter(({ verdict }) => verdict === 'chosen')
    .map(({ cluster }) => cluster);
  const actual = clusters
    .filter(({ release }) => release !== null)
    .map(({ cluster }) => cluster);
  const silent = clusters.filter(isSilent).map(({ cluster }) => cluster);
  const differ = [
    ...decided.filter(cluster => !actual.includes(cluster)),
    ...actual.filter(cluster => !decided.includes(cluster)),
  ].filter(cluster => !silent.includes(cluster));
  if (placement === null) return { decided, actual, verdict: 'undecided' };
  if (differ.length > 0 || !placement.satisfied)
    return { decided, actual, verdict: 'wrong' };
  return { decided, actual, verdict: silent.length > 0 ? 'unknown' : 'good' };
}

function listRows(answers: Answers) {
  return answers.apps.flatMap(app =>
    app.environments
      .filter(({ release }) => release !== null)
      .map(environment => ({
        app: app.name,
        environment: environment.name,
        release: environment.release?.number,
        health: environment.health.status,
        serving: describeServing(environment, answers),
        title: environment.title,
        ...auditOf(app, environment, answers),
      })),
  );
}

export function countAudit(answers: Answers): Count[] {
  const rows = listRows(answers);
  const sentence = (of: typeof rows) => {
    const apps = Object.values(groupBy(of, ({ app }) => app));
    const kind = (wanted: string) =>
      apps.filter(all => all.some(({ verdict }) => verdict === wanted));
    const wrong = kind('wrong');
    const unknown = kind('unknown').filter(all => !wrong.includes(all));
    const good = apps.filter(all =>
      all.every(({ verdict }) => verdict === 'good'),
    );
    return [
      `${good.length} of ${plural(apps.length, 'app')} ${
        apps.length === 1 ? 'runs where it' : 'run where they'
      } should`,
      ...(wrong.length > 0
        ? [`; ${wrong.length} ${wrong.length === 1 ? 'does' : 'do'} not`]
        : []),
      ...(unknown.length > 0 ? [`; ${unknown.length} unknown`] : []),
    ].join('');
  };
  if (rows.length === 0) return [];
  return [
    sentence(rows),
    ...Object.values(groupBy(rows, ({ title }) => title)).map(sentence),
    ...rows.map(({ release, serving, health, decided, actual }) =>
      [
        release,
        ...serving,
        health,
        listNames(decided, answers),
        listNames(actual, answers),
      ].join(' | '),
    ),
  ];
}

/** The releases that answer in place of the one that is wanted, as a line of their own. */
function describeServing(
  { clusters }: AppEnvironment,
  answers: Answers,
): string[] {
  const by = groupBy(
    clusters.filter(({ serving }) => serving),
    ({ serving }) => String(serving?.release),
  );
  const reported = Object.keys(by)
    .sort((a, b) => Number(b) - Number(a))
    .map(release => {
      const names = by[release].map(({ cluster }) => cluster);
      const where =
        names.length === clusters.length
          ? ''
          : ` on ${listNames(names, answers)}`;
      return `release ${release} still answers${where}`;
    });
  return reported.length > 0 ? [reported.join(', ')] : [];
}

/** By their whole names; semicolons are between them where one has a comma. */
function listNames(names: readonly string[], { clusters }: Answers): string {
  const whole = [...names]
    .sort()
    .map(name =>
      nameCluster(clusters.find(each => each.name === name) ?? { name }),
    );
  const between = whole.some(name => name.includes(',')) ? '; ' : ', ';
  return whole.join(between) || 'nowhere';
}

/** The CSV that the page gives has the rows of the page, and no other. */
export async function checkAuditCsv(
  page: Page,
  answers: Answers,
): Promise<string[]> {
  const rows = listRows(answers);
  if (rows.length === 0) return [];
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'CSV', exact: true }).click(),
  ]);
  const [head, ...lines] = (await readFile(await download.path(), 'utf8'))
    .trimEnd()
    .split('\r\n')
    .map(line => line.slice(1, -1).split('","'));
  const column = (name: string) => head.indexOf(name);
  const written = lines.map(cells =>
    [
      'app',
      'environment',
      'verdict',
      'release',
      'health',
      'decided clusters',
      'actual clusters',
    ].map(name => cells[column(name)]),
  );
  const verdicts = { good: 'compliant' } as Record<string, string>;
  const counted = rows.map(
    ({ app, environment, verdict, release, health, decided, actual }) => [
      app,
      environment,
      verdicts[verdict] ?? verdict,
      String(release),
      health,
      [...decided].sort().join(' '),
      [...actual].sort().join(' '),
    ],
  );
  const [shown, expected] = [written, counted].map(table =>
    table.map(cells => cells.join(' | ')).sort(),
  );
  return [
    ...shown
      .filter(row => !expected.includes(row))
      .map(row => `nobody counted “${row}” of the CSV`),
    ...expected
      .filter(row => !shown.includes(row))
      .map(row => `not in the CSV: “${row}”`),
  ];
}
