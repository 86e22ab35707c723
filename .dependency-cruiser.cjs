// The direction of imports (docs: ARCHITECTURE.md). `yarn lint:boundaries` fails when a rule is broken.
const product = '^(plugins|packages)/';

/** What tests may import beyond their package: simulators, builders, what answers for a cluster. */
const ofTests =
  '(\\.test\\.tsx?$|/testing/|/__testUtils__/|/__fixtures__/|/stories/)';

const common = 'plugins/callboard-common';
const core = 'plugins/callboard-core';
const controlPlane = 'plugins/callboard-control-plane';
const node = 'plugins/callboard-node';
const clusters = 'plugins/callboard-clusters-node';
const git = 'plugins/callboard-git-node';
const sandbox = 'plugins/callboard-sandbox-node';
const images = 'plugins/callboard-images-node';
const backend = 'plugins/callboard-backend';
const react = 'plugins/callboard-react';
const pages = 'plugins/callboard';
const playground = 'plugins/callboard-backend-module-playground';
const inventory = 'plugins/callboard-backend-module-inventory';
const sourceHosts = 'plugins/callboard-backend-module-source-hosts';
const notifications = 'plugins/callboard-backend-module-notifications';
const actions = 'plugins/callboard-backend-module-actions';
const kubernetes = 'plugins/callboard-backend-module-kubernetes';
const catalog = 'plugins/catalog-backend-module-callboard';
const scaffolder = 'plugins/scaffolder-backend-module-callboard';
const search = 'plugins/search-backend-module-callboard';
const guest = 'plugins/auth-backend-module-callboard-guest';
const tunnel = 'packages/tunnel';
const kubeconfig = 'packages/kubeconfig';
const sim = 'packages/sim';
const testing = 'packages/testing';

/** Of this workspace each package imports only these; what is not listed imports nothing. */
const PACKAGES = {
  [common]: [],
  [core]: [common],
  [tunnel]: [],
  [kubeconfig]: [],
  [sim]: [common],
  [testing]: [],
  // The ports: a module needs nothing else of Callboard.
  [node]: [common, core],
  [clusters]: [common, node, tunnel, kubeconfig],
  [git]: [common, node],
  [sandbox]: [common, node],
  [images]: [common, node, sandbox, tunnel],
  [controlPlane]: [common, core, node, clusters, tunnel],
  [backend]: [common, core, node, clusters, git, sandbox, images, controlPlane],
  [react]: [common, core],
  [pages]: [common, core, react],
  // Modules add to a plugin through what the plugin's node library and API offer.
  [playground]: [common, core, node, clusters, sandbox, sim],
  [inventory]: [common, node, clusters],
  [kubernetes]: [common, node, clusters],
  [sourceHosts]: [common, node],
  [notifications]: [common, node],
  [actions]: [common, node],
  // Modules of other plugins ask Callboard by its API, with the client of the node library.
  [catalog]: [common, node],
  [scaffolder]: [common, node],
  [search]: [common, node],
  [guest]: [],
  'packages/agent': [tunnel, kubeconfig],
  'packages/cli': [common, core],
  'packages/form-validator': [],
  'packages/app': [pages],
  'packages/app-legacy': [pages],
  'packages/backend': [
    common,
    node,
    backend,
    playground,
    sourceHosts,
    catalog,
    scaffolder,
    search,
    guest,
  ],
};

/** Their tests stand on simulated clusters or on a whole portal. */
const TESTED_WITH_OTHERS = [
  node,
  clusters,
  git,
  sandbox,
  images,
  controlPlane,
  backend,
  playground,
  kubernetes,
  notifications,
  catalog,
  search,
  'packages/agent',
];

/** Inside the control plane each folder imports only these of the others: store <- reconcile <- usecases. */
const FOLDERS = {
  store: [],
  reconcile: ['store'],
  usecases: ['reconcile', 'store'],
};

/** What is neither a package of ours nor a folder, and whose types pass between them. */
const WIRING = [
  'AgentDeps',
  'ControlPlaneDeps',
  'Intervals',
  'Platform',
  'Timers',
];

module.exports = {
  forbidden: [
    ...Object.entries(PACKAGES).map(([from, allowed]) => ({
      name: `${from.replace(/^.*\//, '')}-imports`,
      severity: 'error',
      comment: `${from} imports only: ${
        allowed.join(', ') || 'nothing of this workspace'
      }`,
      from: {
        path: `^${from}/`,
        ...(TESTED_WITH_OTHERS.includes(from) && { pathNot: ofTests }),
      },
      to: {
        path: '^(plugins|packages|test)/',
        pathNot: [from, ...allowed].map(folder => `^${folder}/`),
      },
    })),
    ...Object.entries(FOLDERS).map(([from, allowed]) => ({
      name: `control-plane-${from}-imports`,
      severity: 'error',
      comment: `${from} of the control plane imports only: ${
        allowed.join(', ') || 'none of its other folders'
      }`,
      from: { path: `^${controlPlane}/src/${from}/`, pathNot: ofTests },
      to: {
        path: `^${controlPlane}/src/`,
        pathNot: [
          ...[from, ...allowed].map(
            folder => `^${controlPlane}/src/${folder}/`,
          ),
          `^${controlPlane}/src/(${WIRING.join('|')})\\.ts$`,
        ],
      },
    })),
    {
      name: 'core-is-pure',
      severity: 'error',
      comment:
        'The core decides; it has no clock, no disk, no network and no framework',
      from: {
        path: `^(${core}|${common})/src/`,
        pathNot: '(\\.test\\.tsx?$|/testing/|/__testUtils__/|/__fixtures__/)',
      },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'core-knows-no-backstage',
      severity: 'error',
      from: { path: `^${core}/src/`, pathNot: '\\.test\\.tsx?$' },
      to: { path: 'node_modules/@backstage/' },
    },
    {
      name: 'control-plane-knows-little-of-backstage',
      severity: 'error',
      comment: 'A logger and a database, as its README says',
      from: {
        path: `^(${controlPlane}|${clusters}|${git}|${sandbox}|${images})/src/`,
        pathNot: ofTests,
      },
      to: {
        path: 'node_modules/@backstage/',
        pathNot: 'node_modules/@backstage/backend-plugin-api/',
      },
    },
    {
      name: 'queries-live-in-the-store',
      severity: 'error',
      comment: 'Elsewhere Knex is a type of what is handed on',
      from: {
        path: `^${controlPlane}/src/`,
        pathNot: [ofTests, `^${controlPlane}/src/store/`],
      },
      to: {
        path: 'node_modules/knex/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'roles-instead-of-everything',
      severity: 'error',
      comment:
        'What a function needs is named by the roles in reconcile/roles.ts; everything at once is made in one place (ADR 93)',
      from: {
        path: `^${controlPlane}/src/`,
        pathNot: [
          ofTests,
          `^${controlPlane}/src/(index|KnexControlPlane|reconcile/ReconcileLoop)\\.ts$`,
        ],
      },
      to: {
        path: `^${controlPlane}/src/(ControlPlaneDeps|reconcile/ReconcileLoop)\\.ts$`,
      },
    },
    {
      name: 'client-of-kubernetes-is-types',
      severity: 'error',
      comment:
        'Requests, watches and limits are our own (ADR 47); of the client the types of objects are taken, and KubeConfig in one file (ADR 56)',
      from: {
        path: product,
        pathNot: [
          ofTests,
          `^${clusters}/src/https/signin/loadKubeConfig\\.ts$`,
        ],
      },
      to: {
        path: 'node_modules/@kubernetes/client-node/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'nothing-that-ships-imports-sim',
      severity: 'error',
      comment: 'The simulator serves the playground and tests only',
      from: {
        path: product,
        pathNot: [`^${sim}/`, `^${playground}/`, ofTests],
      },
      to: { path: `^${sim}/` },
    },
    {
      name: 'no-circles-between-files',
      severity: 'error',
      comment: 'Types count too: a file is read without the one that reads it',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Only ours: of most libraries the files that are imported are in a "dist".
    exclude: {
      path: '^(plugins|packages)/[^/]+/(dist|dist-types)/|^dist-types/',
    },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
