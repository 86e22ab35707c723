// The direction of imports (docs: ARCHITECTURE.md). `yarn lint:boundaries` fails when a rule is broken.
const product = '^(plugins|packages)/';

/** Packages `from` may import of this workspace: only these. */
function mayImportOnly(name, from, allowed) {
  return {
    name,
    severity: 'error',
    comment: `${from} imports only: ${
      allowed.join(', ') || 'nothing of this workspace'
    }`,
    from: { path: `^${from}/` },
    to: {
      path: '^(plugins|packages|test)/',
      pathNot: [`^${from}/`, ...allowed.map(folder => `^${folder}/`)],
    },
  };
}

const common = 'plugins/callboard-common';
const core = 'plugins/callboard-core';
const controlPlane = 'plugins/callboard-control-plane';
const node = 'plugins/callboard-node';
const react = 'plugins/callboard-react';
const tunnel = 'packages/tunnel';

module.exports = {
  forbidden: [
    mayImportOnly('common-imports-nothing', common, []),
    mayImportOnly('core-imports-common', core, [common]),
    mayImportOnly('sim-imports-common', 'packages/sim', [common]),
    {
      ...mayImportOnly('control-plane-imports-core', controlPlane, [
        common,
        core,
        tunnel,
      ]),
      from: {
        path: `^${controlPlane}/`,
        pathNot: '(\\.test\\.ts$|/testing/|/__testUtils__/|/__fixtures__/)',
      },
    },
    mayImportOnly('node-imports-control-plane', node, [
      common,
      core,
      controlPlane,
    ]),
    {
      ...mayImportOnly('backend-imports-node', 'plugins/callboard-backend', [
        common,
        core,
        controlPlane,
        node,
      ]),
      from: {
        path: '^plugins/callboard-backend/',
        pathNot: '(\\.test\\.ts$|/testing/)',
      },
    },
    mayImportOnly('react-imports-core', react, [common, core]),
    mayImportOnly('pages-import-react', 'plugins/callboard', [
      common,
      core,
      react,
    ]),
    mayImportOnly('cli-imports-core', 'packages/cli', [common, core]),
    mayImportOnly('tunnel-imports-nothing', tunnel, []),
    {
      ...mayImportOnly('agent-imports-tunnel', 'packages/agent', [tunnel]),
      from: {
        path: '^packages/agent/',
        pathNot: '(\\.test\\.ts$|/__testUtils__/)',
      },
    },
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
      name: 'client-of-kubernetes-is-types',
      severity: 'error',
      comment:
        'Requests, watches and limits are our own (ADR 47); of the client the types of objects are taken',
      from: {
        path: product,
        pathNot: '(\\.test\\.tsx?$|/testing/|/__testUtils__/)',
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
        pathNot: [
          '^packages/sim/',
          '^plugins/callboard-backend-module-playground/',
          '(\\.test\\.tsx?$|/testing/|/__testUtils__/)',
        ],
      },
      to: { path: '^packages/sim/' },
    },
    {
      name: 'git-knows-no-use-case',
      severity: 'error',
      comment:
        'Pushes are judged and recorded through PushRecord, which the git code is given',
      from: { path: `^${controlPlane}/src/git/` },
      to: { path: `^${controlPlane}/src/(usecases|reconcile)/` },
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
    exclude: { path: '(^|/)(dist|dist-types|node_modules/\\.cache)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
