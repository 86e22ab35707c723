import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';

export const SCORE = {
  apiVersion: 'score.dev/v1b1',
  metadata: { name: 'shop', annotations: { 'callboard.dev/replicas': '2' } },
  containers: {
    web: {
      image: '.',
      command: ['node'],
      args: ['server.js'],
      variables: { DB: '${resources.db.host}', NAME: '${metadata.name}' },
      files: { '/etc/app.conf': { content: 'a=b', mode: '0644' } },
      volumes: { '/data': { source: '${resources.data}' } },
      resources: {
        requests: { cpu: '10m', memory: '32Mi' },
        limits: { cpu: '1', memory: '128Mi' },
      },
      livenessProbe: { httpGet: { path: '/live', port: 8080 } },
      readinessProbe: {
        httpGet: {
          path: '/ready',
          port: 8080,
          httpHeaders: [{ name: 'A', value: 'b' }],
        },
      },
    },
  },
  service: { ports: { web: { port: 80, targetPort: 8080, protocol: 'TCP' } } },
  resources: {
    db: { type: 'postgres', class: 'small', params: { size: 1 } },
    data: { type: 'volume' },
  },
};

export const APP = {
  apiVersion: 'callboard.dev/v1alpha1',
  kind: 'App',
  metadata: { name: 'shop', title: 'Shop' },
  spec: { owner: 'group:default/shop' },
};

export const KUBECONFIG = {
  apiVersion: 'v1',
  kind: 'Config',
  'current-context': 'eu-1',
  contexts: [{ name: 'eu-1', context: { cluster: 'eu-1', user: 'callboard' } }],
  clusters: [
    {
      name: 'eu-1',
      cluster: {
        server: 'https://10.0.0.1:6443',
        'certificate-authority-data': 'QUFBQQ==',
      },
    },
  ],
  users: [{ name: 'callboard', user: { token: 'token-of-callboard' } }],
};

const ROOT = process.env.CALLBOARD_ROOT ?? join(__dirname, '../../../../..');

/** A larger one takes longer and reaches nothing else. */
const MOST_CHARACTERS = 4_000;

let written: object[] | undefined;

/** Documents as people and clusters write them: what is shipped, the examples, what was recorded. */
export function writtenDocuments(): object[] {
  written ??= [
    'catalog/blueprints',
    'catalog/clusters',
    'catalog/environments',
    'docs/examples',
    'plugins/callboard-core/src/health/__fixtures__/situations',
  ]
    .flatMap(folder => filesBelow(join(ROOT, folder)))
    .filter(file => /\.(ya?ml|json)$/.test(file))
    .flatMap(file => {
      const text = readFileSync(file, 'utf8');
      return file.endsWith('.json')
        ? [parse(text) as unknown]
        : [parseAllDocuments(text)].flat().map(each => each.toJS() as unknown);
    })
    .flatMap(value => (Array.isArray(value) ? value : [value]))
    .filter(
      (value): value is object =>
        typeof value === 'object' &&
        value !== null &&
        JSON.stringify(value).length < MOST_CHARACTERS,
    );
  return written;
}

/** Documents of some kinds. */
export function writtenOf(isOf: (kind: string) => boolean): object[] {
  return writtenDocuments().filter(each =>
    isOf(String((each as { kind?: unknown }).kind)),
  );
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap(name => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}
