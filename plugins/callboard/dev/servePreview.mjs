// Serves the built portal with answers from the stories' fixtures, so that
// pages can be looked at without a backend: node dev/servePreview.mjs [port] [dist]
// PUT /preview/{normal,lost,large,long,empty,failing,slow,registered,stuck,busy} changes what is answered.
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { audit, mixedAudit } from '../src/stories/auditFixtures.ts';
import * as fixtures from '../src/stories/fixtures.ts';
import * as policies from '../src/stories/policyFixtures.ts';
import * as settings from '../src/stories/settingFixtures.ts';
import * as tokens from '../src/stories/tokenFixtures.ts';
import * as timelines from '../src/stories/timelineFixtures.ts';

const port = Number(process.argv[2] ?? 7090);
const origin = `http://localhost:${port}`;
const dist =
  process.argv[3] ??
  join(dirname(fileURLToPath(import.meta.url)), '../../../packages/app/dist');
const types = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};
const LARGE = 1_000;
const SLOW_MS = 20_000;

let mode = 'normal';
/** Of the request that is answered. */
let query = new URLSearchParams();

/** Names as long as a label of Kubernetes may be, where a page is looked at with them. */
const LENGTHENED = ['checkout', 'payments', 'ledger', 'eu-1', 'us-1', 'dev-1'];
const LONGEST = 63;

function longName(name) {
  return `${name}-${'which-has-the-longest-name-that-is-allowed-'.repeat(2)}`
    .slice(0, LONGEST)
    .replace(/-$/, 'x');
}

function lengthen(body) {
  const known = new RegExp(
    `(?<![\\w/-])(${LENGTHENED.join('|')})(?![\\w-])`,
    'gi',
  );
  return JSON.parse(JSON.stringify(body).replace(known, longName));
}

function shorten(path) {
  return LENGTHENED.reduce(
    (text, name) => text.replaceAll(longName(name), name),
    path,
  );
}

const stories = {
  checkout: fixtures.app,
  payments: () => ({
    ...fixtures.crashingApp(),
    name: 'payments',
    title: 'Payments',
  }),
  search: () => ({ ...fixtures.staleApp(), name: 'search', title: 'Search' }),
  catalogue: () => ({
    ...fixtures.wavingApp('applying'),
    name: 'catalogue',
    title: 'Catalogue',
    owner: 'user:default/guest',
  }),
  translate: () => ({
    ...fixtures.buildingApp(),
    name: 'translate',
    title: 'Translate',
  }),
  ledger: fixtures.emptyApp,
  cards: fixtures.scarceApp,
};

function clusters() {
  if (mode === 'empty') return [];
  if (mode === 'large') return fixtures.largeFleet(LARGE);
  const fleet = fixtures.fleet();
  if (mode !== 'lost') return fleet;
  return fleet.map(cluster => {
    if (cluster.name === 'eu-1') return fixtures.lostCluster();
    return cluster.name === 'us-1' ? fixtures.driftedCluster() : cluster;
  });
}

let joinedAt = 0;
const STEP_MS = 6_000;

/** A cluster that takes a step every few seconds once it was registered; `stuck` stops it at its rights. */
function joining() {
  const steps = Math.min(6, 1 + Math.floor((Date.now() - joinedAt) / STEP_MS));
  if (mode === 'registered') return fixtures.joiningCluster(1);
  if (mode === 'busy')
    return {
      ...fixtures.joiningCluster(6),
      apps: fixtures.cluster('store-7').apps,
    };
  return mode === 'stuck' && steps >= 3
    ? fixtures.joiningCluster(
        3,
        'The agent may not list nodes. Apply the manifest again as an administrator of the cluster.',
      )
    : fixtures.joiningCluster(joinedAt ? steps : 1);
}

/** The rehearsal of a drain of eu-1, told of the cluster that was asked about. */
function whatIf({ changes: [{ kind, cluster }] }) {
  const reported = JSON.stringify(fixtures.whatIf()).replaceAll(
    'eu-1',
    cluster,
  );
  return JSON.parse(
    kind === 'lose' ? reported.replace('Draining', 'Losing') : reported,
  );
}

/** What an action answers; most have nothing to say. */
function act(path, body) {
  const [kind, name, what, environment, part] = path
    .split('/')
    .map(decodeURIComponent);
  if (kind === 'clusters' && (!name || what === 'join')) {
    joinedAt = Date.now();
    return fixtures.clusterRegistration();
  }
  if (kind === 'fleet' && name === 'what-if') return whatIf(body);
  if (path === 'tokens') return tokens.issuedGitToken();
  if (path.includes('/settings/')) return { version: 9 };
  if (path.includes('/data/')) return { isForgotten: query.has('forget') };
  if (path.endsWith('/actions')) return fixtures.operation(body.action);
  if (kind === 'apps' && (!what || (what === 'environments' && !part)))
    return fixtures.removal({ app: name, environment });
  if (path.endsWith('/rotation'))
    return { version: 3, restarts: ['db', 'web', 'worker'] };
  return {};
}

/** Data that is there, that is about to be gone, and that is out of reach. */
function keptData() {
  return [
    fixtures.keptData(),
    fixtures.keptData({
      cluster: 'ap-1',
      sentence: 'The data of db (postgres) on ap-1 is being deleted',
      deletion: { by: 'user:default/bo' },
    }),
    fixtures.keptData({
      cluster: 'us-1',
      isClusterRegistered: false,
      sentence:
        'The data of db (postgres) stays on us-1, which is not registered any more. Callboard does not reach it until us-1 is registered again',
    }),
  ];
}

function answer(path) {
  const [kind, name, part, environment, leaf, cluster, what] = path
    .split('/')
    .map(decodeURIComponent);
  const apps = mode === 'empty' ? {} : stories;
  if (kind === 'fleet' && name === 'joining') return {};
  if (kind === 'fleet') {
    return fixtures.fleetSummary(clusters(), { playground: mode !== 'large' });
  }
  if (kind === 'clusters') {
    if (name === 'store-7') return joining();
    return name
      ? clusters().find(entry => entry.name === name)
      : { items: [...clusters(), ...(joinedAt ? [joining()] : [])] };
  }
  if (kind === 'history') return { since: '2020-01-01T00:00:00.000Z' };
  if (kind === 'tokens')
    return mode === 'empty'
      ? tokens.gitTokens({ items: [] })
      : tokens.gitTokens();
  if (kind === 'audit') return mode === 'empty' ? audit([]) : mixedAudit();
  if (kind === 'blueprints') return { items: fixtures.blueprints() };
  if (kind === 'policies')
    return policies.policies(mode === 'empty' ? [] : undefined);
  if (kind === 'exceptions')
    return { items: mode === 'empty' ? [] : policies.exceptions() };
  if (kind === 'journal') {
    return { items: mode === 'empty' ? [] : fixtures.journal() };
  }
  if (kind === 'deleted-apps')
    return {
      items:
        mode === 'empty'
          ? []
          : keptData().map(each => ({ ...each, app: 'ledger' })),
    };
  if (kind !== 'apps') return undefined;
  if (!name) return { items: Object.values(apps).map(story => story()) };
  if (!apps[name]) return undefined;
  if (!part) return apps[name]();
  if (part === 'timeline')
    return mode === 'large'
      ? timelines.crowdedTimeline()
      : timelines.timeline({ lanes: query.get('lanes') });
  if (part === 'releases') {
    return {
      items: [44, 43, 42, 41].map(number =>
        fixtures.releaseDetails(
          number,
          { 44: ['dev'], 42: ['prod'] }[number] ?? [],
        ),
      ),
    };
  }
  if (part === 'data') return name === 'checkout' ? keptData() : [];
  if (part === 'settings') return settings.settings();
  if (leaf === 'settings')
    return settings.settings(environment, {
      lacking:
        name === 'payments' && environment === 'dev'
          ? [settings.lacking()]
          : [],
    });
  if (leaf === 'resources') return settings.resources();
  if (leaf === 'rollout')
    return name === 'catalogue' ? fixtures.rollout('applying') : undefined;
  if (leaf === 'releases' && cluster)
    return fixtures.releaseDiff({
      environment,
      release: Number(cluster),
      from: Number(query.get('from') ?? 42),
    });
  if (leaf === 'placement') return fixtures.placement(environment);
  if (cluster && what === 'logs') return fixtures.logs();
  if (cluster && what === 'kubernetes') return fixtures.kubernetesView();
  return undefined;
}

function entity(kind, name) {
  const isApp = kind === 'component';
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: isApp ? 'Component' : 'Resource',
    metadata: {
      name,
      namespace: 'default',
      uid: `${kind}-${name}`,
      annotations: {
        [isApp ? 'callboard.dev/app' : 'callboard.dev/cluster']: name,
      },
    },
    spec: isApp
      ? { type: 'service', lifecycle: 'production', owner: 'group:payments' }
      : { type: 'kubernetes-cluster', owner: 'group:platform' },
    relations: [],
  };
}

function send(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function token() {
  const part = value =>
    Buffer.from(JSON.stringify(value)).toString('base64url');
  const soon = Math.floor(Date.now() / 1_000) + 3_600;
  return `${part({ alg: 'none' })}.${part({
    sub: 'user:default/guest',
    exp: soon,
  })}.preview`;
}

function answerApi(request, response, path) {
  if (path === 'auth/guest/refresh') {
    send(response, 200, {
      profile: { displayName: 'Guest' },
      providerInfo: {},
      backstageIdentity: {
        token: token(),
        identity: {
          type: 'user',
          userEntityRef: 'user:default/guest',
          ownershipEntityRefs: ['user:default/guest'],
        },
      },
    });
    return;
  }
  if (path === 'permission/authorize') {
    let text = '';
    request.on('data', chunk => (text += chunk));
    request.on('end', () =>
      send(response, 200, {
        items: JSON.parse(text).items.map(({ id }) => ({
          id,
          result: 'ALLOW',
        })),
      }),
    );
    return;
  }
  const byName = /^catalog\/entities\/by-name\/([^/]+)\/[^/]+\/([^/]+)$/.exec(
    path,
  );
  if (byName) {
    send(response, 200, entity(byName[1], byName[2]));
    return;
  }
  if (path.startsWith('catalog/')) {
    send(response, 200, { items: [], totalItems: 0, pageInfo: {} });
    return;
  }
  if (path.startsWith('callboard/v1/')) {
    answerCallboard(request, response, path.slice('callboard/v1/'.length));
    return;
  }
  send(response, 404, { error: { name: 'NotFoundError', message: 'no' } });
}

function answerCallboard(request, response, path) {
  if (mode === 'failing') {
    send(response, 503, {
      code: 'store-unreachable',
      what: 'Cannot read the record',
      why: 'the database does not answer',
      next: 'It is asked again by itself; tell your platform team if it persists',
    });
    return;
  }
  if (request.method !== 'GET') {
    let text = '';
    request.on('data', chunk => (text += chunk));
    request.on('end', () =>
      send(response, 202, act(path, text === '' ? {} : JSON.parse(text))),
    );
    return;
  }
  const body =
    mode === 'long' ? lengthen(answer(shorten(path)) ?? null) : answer(path);
  const reply = () =>
    body === undefined || body === null
      ? send(response, 404, {
          code: 'not-found',
          what: `Cannot show "${path}"`,
          why: 'there is nothing of that name',
          next: 'Check the name, or go back to the list',
        })
      : send(response, 200, body);
  if (mode === 'slow') setTimeout(reply, SLOW_MS);
  else reply();
}

function serveFile(response, path) {
  const file = join(dist, normalize(path));
  if (file.startsWith(dist) && extname(file) !== '' && existsSync(file)) {
    const type = types[extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': type });
    response.end(readFileSync(file));
    return;
  }
  response.writeHead(200, { 'content-type': 'text/html' });
  response.end(
    readFileSync(join(dist, 'index.html'), 'utf8').replaceAll(
      'http://localhost:7007',
      origin,
    ),
  );
}

createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, origin);
  query = searchParams;
  if (pathname.startsWith('/preview/')) {
    mode = pathname.slice('/preview/'.length);
    send(response, 200, { mode });
  } else if (pathname.startsWith('/api/')) {
    answerApi(request, response, pathname.slice('/api/'.length));
  } else {
    serveFile(response, pathname);
  }
}).listen(port, () => process.stdout.write(`Preview at ${origin}\n`));
