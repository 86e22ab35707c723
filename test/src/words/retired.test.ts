import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../..');

/** Programs, tests, docs and contracts. ADRs are never edited and migrations never change. */
const PLACES = ['plugins', 'packages', 'test', 'tools', 'docs', 'catalog'];
const LEFT_OUT =
  /^(node_modules|dist|dist-types|coverage|migrations|adr|CHANGELOG\.md|report\.(api|sql)\.md|retired\.test\.ts)$/;
const READ = /\.(tsx?|mjs|cjs|js|md|ya?ml|json)$/;

/**
 * Names that a term of the field has replaced: in identifiers, keys, codes, file
 * names and prose. `except` names files that must still read the old one.
 */
const RETIRED: ReadonlyArray<{ said: RegExp; write: string; except?: RegExp }> =
  [
    {
      said: /happening(?!s? (now|again))/i,
      write: 'event, AgentEvent',
      except: /^packages\/tunnel\/src\/report\/readReport(\.test)?\.ts$/, // of agents that were installed earlier
    },
    { said: /\brungs?\b|Rungs?\b|_RUNG|\bladders?\b|Ladder/i, write: 'check' },
    {
      said: /\b(Cluster)?Sight(ing)?s?\b|\bsightOf|\bsightings?\b/,
      write: 'ClusterStatus, TestMatch, Occurrence',
    },
    {
      said: /AppCluster|appCluster|WantedDeployment|DesiredDelivery|(Wanted|Desired)Place|DeploymentRef\b/,
      write: 'Deployment and its layer: DeploymentRow, DeploymentView',
    },
    {
      said: /seen-?recently|stays-?unseen|back-?for-?good/i,
      write: 'reachable, unreachable-tolerated, failback-hold',
      except: /store\/renamedCodes\.test\.ts$/,
    },
    {
      said: /\bwithTouched|\.touched\b|\btouched: |\blastTold|\bisTold|#?\btell[A-Z]/,
      write: 'updated, notify, report, describe',
    },
    {
      said: /[.#](tell|told)\b|\b(const|let|function|readonly|async) (tell|told)\b|\btell\(/,
      write: 'publish, notify, report',
    },
    {
      said: /free-?room|has-room|noRoom|roomBy|['"]room['"]|\broom: \d|(had|has|have|is) room for \d|\bthe room (it has|that is left)/i,
      write: 'capacity, free capacity',
      except: /store\/renamedCodes\.test\.ts$/,
    },
    { said: /\blaws?\b(?! or agreed)/i, write: 'rule' },
    { said: /\bdecideKeeping\b/, write: 'decideWithRetention' },
    { said: /\b[Aa]new\b|[a-z]Anew\b/, write: 'again' },
    { said: /\bin vain\b|\bheard of\b/i, write: 'in contact, timed out' },
    { said: /\bwhoever\b/i, write: 'who, anyone who, no matter who' },
    { said: /\bnobody says no\b|\bput right\b/i, write: 'corrected' },
    { said: /\bwish(es|ed)?\b|[a-z]Wish\b/, write: 'desired state' },
    {
      said: /'leaving'|\b(arriving|leaving)\(/,
      write: 'pending, terminating',
      except: /(kinds|families)\.test\.ts$/, // phases of others' custom resources
    },
    { said: /\bPaces?\b|[a-z]Paces?\b/, write: 'Intervals' },
    {
      said: /\b(Credit)?Gate\b(?! never)|\bborrow|giveBack/,
      write: 'ConcurrencyLimiter, Barrier, SendWindow',
    },
    {
      said: /RestWatch|UpgradeCatcher|callOneself|takePulse|plantSeeds|OwnWords|[Mm]ortal|RestorePauses|wantReleases/,
      write: 'IdleTimer, selfProbe, seedApps, KillableProcess, …',
    },
    {
      said: /FleetReading|ClusterAtWork|RolloutScene|ReleaseSketch|\binvit(e|ation)/i,
      write: 'FleetSnapshot, ManagedCluster, register, registration token',
    },
  ];

const FILES = PLACES.flatMap(place => listFolder(join(ROOT, place))).sort();

it.each(RETIRED)('$said is not said: $write', ({ said, except }) => {
  const found = FILES.filter(path => !except?.test(path)).flatMap(path =>
    [path, ...readFileSync(join(ROOT, path), 'utf8').split('\n')].flatMap(
      (line, index) => (said.test(line) ? [`${path}:${index} ${line}`] : []),
    ),
  );
  expect(found).toEqual([]);
});

function listFolder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    if (entry.name.startsWith('.') || LEFT_OUT.test(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return listFolder(path);
    if (!entry.isFile() || !READ.test(entry.name)) return [];
    return [relative(ROOT, path)];
  });
}
