import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ScoreWorkload,
  checkAppName,
  parseAppFile,
  parseScore,
} from '@callboard/plugin-callboard-common';
import {
  CURRENT_RENDERER,
  checkWorkloads,
  namespaceOf,
  overridesFor,
  renderRelease,
  resolveEnvironments,
} from '@callboard/plugin-callboard-core';
/* eslint-disable @backstage/no-relative-monorepo-imports */
import { findStartCommand } from '../../../../../plugins/callboard-sandbox-node/src/start';
import { readStartHints } from '../../../../../plugins/callboard-sandbox-node/src/start/readStartHints';
import { findBuildLine } from '../../../../../plugins/callboard-sandbox-node/src/buildStep/findBuildLine';
import { planInstall } from '../../../../../plugins/callboard-sandbox-node/src/dependencies/planInstall';
import { PathPatterns } from '../../../../../plugins/callboard-images-node/src/buildkit/context/PathPatterns';
import { readPackageJson } from '../../../../../plugins/callboard-images-node/src/evidence/listPackages';
import { parseImageReference } from '../../../../../plugins/callboard-images-node/src/oci/ImageReference';
import { readCatalogInfoOverrides } from '../../../../../plugins/catalog-backend-module-callboard/src/entities/readCatalogInfoOverrides';
/* eslint-enable @backstage/no-relative-monorepo-imports */
import { APP, SCORE, writtenOf } from './documents';
import type { Reader } from './Reader';

const FILE = { file: 'hostile.yaml' };
const PACKAGE = {
  name: 'shop',
  version: '1.0.0',
  license: 'Apache-2.0',
  main: './server.js',
  packageManager: 'pnpm@9.1.0+sha512.abc',
  scripts: { start: 'node server.js', postinstall: 'sh evil.sh' },
  dependencies: { express: '^4.0.0', own: 'file:./own' },
  optionalDependencies: { fsevents: '*' },
  workspaces: ['packages/*'],
  pnpm: { overrides: { a: '1' }, configDependencies: { b: '1' } },
};
const ALLOWED = [
  { url: 'https://npm.example.com/team', token: 's3cret' },
  { url: 'https://mirror.example.com' },
];

const WEB: ScoreWorkload = {
  apiVersion: 'score.dev/v1b1',
  metadata: { name: 'web' },
  containers: {
    main: {
      image: 'web:1',
      livenessProbe: { httpGet: { path: '/', port: 8080 } },
    },
  },
};
const OVERRIDES = {
  ...APP,
  spec: {
    environments: [
      {
        name: 'own',
        placement: { clusterSets: ['eu'] },
        overrides: [
          {
            clusters: { matchLabels: { region: 'eu' } },
            resources: { web: { main: { requests: { memory: '1Gi' } } } },
            autoscaling: { web: { min: 1, max: 2, cpu: 70 } },
            patches: {
              web: {
                Pod: {
                  metadata: { annotations: { 'example.com/a': null } },
                  spec: {
                    containers: {
                      main: { livenessProbe: { periodSeconds: 9 } },
                    },
                    tolerations: [{ key: 'a', operator: 'Exists' }],
                  },
                },
                HorizontalPodAutoscaler: { spec: { behavior: {} } },
              },
            },
          },
        ],
      },
    ],
  },
};

/** One file of a project is hostile, the others are as people write them. */
const PROJECT: Record<string, string> = {
  'package.json': JSON.stringify(PACKAGE),
  'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
  '.npmrc': 'registry=https://mirror.example.com/\n',
  '.yarnrc': 'registry "https://mirror.example.com"\n',
  '.yarnrc.yml':
    'npmScopes:\n  team:\n    npmRegistryServer: https://npm.example.com/team\n',
  'yarn.lock': '# yarn lockfile v1\n\na@^1:\n  version "1.0.0"\n',
  Procfile: 'release: x\nweb: node server.js\n',
};

const workFolder = mkdtempSync(join(tmpdir(), 'callboard-hostile-'));

/** What the readers wrote; a test file tells no process that it ends. */
export function removeWritten(): void {
  rmSync(workFolder, { recursive: true, force: true });
}

/** What a push holds and who builds it reads. */
export const PUSHED: readonly Reader[] = [
  {
    name: 'a pushed score.yaml, as far as its objects',
    seeds: [SCORE, ...writtenOf(kind => kind === 'undefined').slice(0, 20)],
    read(text) {
      const score = parseScore(text, FILE);
      if (!score.ok) return score.problem;
      const { workload } = score.value;
      namespaceOf(workload.metadata.name, 'dev');
      const files = { 'a.txt': text };
      const checked = checkWorkloads({
        app: 'shop',
        workloads: [score.value],
        files,
      });
      return checked.ok ? undefined : checked.problem;
    },
  },
  {
    name: 'a pushed app.yaml, as far as the objects of its environments',
    seeds: [APP, OVERRIDES, ...writtenOf(kind => kind === 'App')],
    read(text) {
      const file = parseAppFile(text, FILE);
      if (!file.ok) return file.problem;
      const { deploy, environments } = file.value.spec;
      const checked = checkWorkloads({
        app: 'shop',
        workloads: [{ workload: WEB }],
        files: {},
        deploy,
        environments,
      });
      if (!checked.ok) return checked.problem;
      const resolved = resolveEnvironments([], file.value);
      if (!resolved.ok) return resolved.problem;
      for (const environment of resolved.value)
        renderRelease({
          app: 'shop',
          environment: environment.name,
          release: 1,
          renderer: CURRENT_RENDERER,
          workloads: [WEB],
          deploy,
          overrides: overridesFor(environment, { region: 'eu' }),
          images: {},
          files: {},
          exposure: { type: 'ClusterIP' },
          replicas: 1,
        });
      return undefined;
    },
  },
  {
    name: 'a pushed catalog-info.yaml',
    seeds: writtenOf(kind => kind === 'Component').concat({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: 'shop',
        title: 'Shop',
        tags: ['a'],
        labels: { a: 'b' },
        annotations: { 'backstage.io/view-url': 'https://example.com' },
        links: [{ url: 'https://example.com', title: 'x' }],
      },
      spec: { type: 'website', dependsOn: ['resource:default/db'] },
    }),
    read: text => void readCatalogInfoOverrides(text),
  },
  ...Object.keys(PROJECT).map(
    (file): Reader => ({
      name: `a pushed ${file}`,
      every: 10,
      seeds: [PROJECT[file]].concat(
        file === 'package.json' ? [] : Object.values(PROJECT),
      ),
      async read(_, bytes) {
        const folder = mkdtempSync(join(workFolder, 'project-'));
        try {
          for (const [name, kept] of Object.entries(PROJECT))
            writeFileSync(join(folder, name), name === file ? bytes : kept);
          const plan = await planInstall(folder, {
            allowScripts: false,
            registries: ALLOWED,
          });
          findStartCommand(await readStartHints(folder));
          const text = readFileSync(join(folder, 'package.json'), 'utf8');
          findBuildLine(text, undefined);
          readPackageJson(text);
          return plan.ok ? undefined : plan.problem;
        } finally {
          rmSync(folder, { recursive: true });
        }
      },
    }),
  ),
  {
    name: 'a pushed .dockerignore',
    seeds: ['node_modules\n*.md\n!README.md\n**/dist\n[a-c].js\n\\*.js\n'],
    read(text) {
      const patterns = new PathPatterns(text.split('\n'));
      for (const path of ['a/b/c/d.js', 'README.md', 'node_modules/x'])
        patterns.has(path);
    },
  },
  {
    name: 'the name of an image',
    seeds: ['registry.example.com:5000/team/web:1', 'web@sha256:00'],
    read(text) {
      const image = parseImageReference(text);
      return image.ok ? undefined : image.problem;
    },
  },
  {
    name: 'the name of an app',
    seeds: ['shop', 'a-b-1'],
    read(text) {
      const name = checkAppName(text);
      return name.ok ? undefined : name.problem;
    },
  },
];
