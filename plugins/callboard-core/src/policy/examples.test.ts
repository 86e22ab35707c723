import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type KubeObject,
  filesOfKind,
  parsePlatformFiles,
  parseScore,
  parseYamlDocuments,
} from '@callboard/plugin-callboard-common';
import { findRepository } from '../__testUtils__/findRepository';
import { resolveEnvironments } from '../environment';
import { BUILT_IN_PROVISIONERS, CURRENT_RENDERER } from '../render';
import { checkPolicies, judgePolicies, renderSubject } from '.';
import type { PolicySubject } from './types';

const FOLDER = join(findRepository(), 'docs/examples/policies');
const NOW = new Date('2026-12-14T10:00:00Z');

const POLICIES = readdirSync(FOLDER)
  .filter(name => name.endsWith('.yaml'))
  .flatMap(file => {
    const parsed = parsePlatformFiles(
      readFileSync(join(FOLDER, file), 'utf8'),
      {
        file,
      },
    );
    if (!parsed.ok) throw new Error(parsed.problem.why);
    return filesOfKind(parsed.value, 'Policy');
  });

function objectsOf(name: string): KubeObject[] {
  const path = join(FOLDER, 'objects', `${name}.yaml`);
  const documents = parseYamlDocuments(readFileSync(path, 'utf8'), {
    file: path,
  });
  if (!documents.ok) throw new Error(documents.problem.why);
  return documents.value.map(({ value }) => value as KubeObject);
}

function subject(
  objects: KubeObject[],
  { owner = 'group:default/payments', image = 'not-built-yet' } = {},
): PolicySubject {
  return {
    app: { name: 'shop', title: 'Shop', owner },
    release: {
      number: 1,
      commit: 'abc',
      author: 'ana',
      message: 'Fix',
      workloads: [],
      images: [image],
    },
    environment: { name: 'prod', title: 'Production', order: 2 },
    places: [
      {
        cluster: {
          name: 'pci-1',
          labels: { env: 'prod' },
          claims: {},
          clusterSets: [],
          blueprints: ['pci', 'golden'],
        },
        objects,
      },
    ],
  };
}

/** Messages that a policy has for it. */
const judge = (name: string, of: PolicySubject) =>
  judgePolicies(
    POLICIES.filter(({ metadata }) => metadata.name === name),
    of,
    { now: NOW },
  ).flatMap(({ findings }) =>
    findings.map(({ message, failure }) => failure ?? message),
  );

/** The policies of docs/policies.md do what they say. */
describe('docs/examples/policies', () => {
  const ofObjects = POLICIES.filter(({ metadata: { name } }) =>
    existsSync(join(FOLDER, 'objects', `${name}.fails.yaml`)),
  );

  it('compile, and refuse nothing before somebody says so', () => {
    expect(checkPolicies(POLICIES)).toEqual([]);
    expect(new Set(POLICIES.map(({ spec }) => spec.mode))).toEqual(
      new Set(['audit']),
    );
    expect(POLICIES.length - ofObjects.length).toBe(1);
  });

  it.each(ofObjects)(
    '$metadata.name lets through what is good, and finds each fault',
    ({ metadata: { name }, spec }) => {
      expect(judge(name, subject(objectsOf(`${name}.passes`)))).toEqual([]);
      expect(judge(name, subject(objectsOf(`${name}.fails`)))).toEqual(
        spec.validations.map(({ message }) => message),
      );
    },
  );

  it('are shown in docs/policies.md as they are', () => {
    const page = readFileSync(
      join(findRepository(), 'docs/policies.md'),
      'utf8',
    );
    expect(page).toContain(
      readFileSync(join(FOLDER, 'no-open-ports.yaml'), 'utf8'),
    );
    for (const { metadata } of POLICIES)
      expect(page).toContain(`\`${metadata.name}\``);
  });

  it('pci-change wants a digest and a group', () => {
    const image = `registry.example.com/shop@sha256:${'1'.repeat(64)}`;
    expect(judge('pci-change', subject([], { image }))).toEqual([]);
    expect(
      judge(
        'pci-change',
        subject([], {
          image: 'registry.example.com/shop:1',
          owner: 'user:default/ana',
        }),
      ),
    ).toEqual([
      'An image is named by a tag, which may change (PCI DSS 6.5.1)',
      'The app belongs to a person and not to a group (PCI DSS 12.5.1)',
    ]);
  });

  it('let through what Callboard makes of a plain score.yaml', () => {
    const score = parseScore(
      'apiVersion: score.dev/v1b1\nmetadata: { name: web }\ncontainers: { main: { image: ., variables: { KEY: "${resources.vault.KEY}", LEVEL: "${resources.env.LEVEL}" } } }\nservice: { ports: { www: { port: 80 } } }\nresources: { vault: { type: secret }, env: { type: environment } }\n',
      { file: 'score.yaml' },
    );
    const environments = resolveEnvironments([
      {
        apiVersion: 'callboard.dev/v1alpha1',
        kind: 'Environment',
        metadata: { name: 'prod' },
        spec: { order: 1, placement: {} },
      },
    ]);
    if (!score.ok || !environments.ok) throw new Error('cannot be read');
    const { app, release } = subject([]);
    const rendered = renderSubject(
      {
        app,
        release: {
          ...release,
          workloads: [score.value.workload],
          files: {},
          images: { web: { main: 'not-built-yet' } },
          renderer: CURRENT_RENDERER,
        },
        environment: environments.value[0],
        clusters: [
          {
            file: {
              apiVersion: 'callboard.dev/v1alpha1',
              kind: 'Cluster',
              metadata: { name: 'one', labels: { env: 'prod' } },
              spec: {},
            },
          },
        ],
      },
      { blueprints: [], provisioners: BUILT_IN_PROVISIONERS },
    );
    expect(rendered.places[0].objects.length).toBeGreaterThan(3);
    expect(judgePolicies(POLICIES, rendered, { now: NOW })).toEqual([]);
  });
});
