import Ajv from 'ajv';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { MemoryIo } from '../__testUtils__/MemoryIo';
import { kindOf } from '../check/kindOf';
import { runCommand } from '../runCommand';

const ROOT = resolve(__dirname, '../../../..');
const SCHEMAS = join(ROOT, 'docs/schemas');

function printed(name: string): string {
  const io = new MemoryIo({});
  expect(runCommand(['schema', name], io)).toBe(0);
  return `${io.outLines.join('\n')}\n`;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap(name => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

const validators = Object.fromEntries(
  (['score', 'app', 'platform'] as const).map(name => [
    name,
    new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(
      JSON.parse(printed(name)),
    ),
  ]),
);

/** What an editor would say of a file. */
function complaints(name: string, value: unknown): string[] {
  const validate = validators[name];
  validate(value);
  return (validate.errors ?? []).map(
    ({ instancePath, message }) => `${instancePath} ${message}`,
  );
}

/** Fields that an editor can say nothing about. */
function undescribed(schema: unknown, path = ''): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties = {}, if: _, ...rest } = schema as Record<string, unknown>;
  return [
    ...Object.entries(properties as Record<string, JsonSchema>).flatMap(
      ([field, value]) => [
        ...(value.description || value.properties || value.allOf
          ? []
          : [`${path}.${field}`]),
        ...undescribed(value, `${path}.${field}`),
      ],
    ),
    ...Object.values(rest).flatMap(each => undescribed(each, path)),
  ];
}

interface JsonSchema {
  description?: string;
  properties?: object;
  allOf?: object[];
}

/** Files that the repository shows to people. */
const EXAMPLES = [
  'catalog/blueprints',
  'catalog/clusters',
  'catalog/environments',
  'docs/examples',
  'plugins/callboard-backend-module-playground/seeds',
]
  .flatMap(folder => filesBelow(join(ROOT, folder)))
  .filter(path => /\.ya?ml$/.test(path))
  .flatMap(path => {
    const text = readFileSync(path, 'utf8');
    const isOurs = /^apiVersion: (?:score|callboard)\.dev\//m.test(text);
    return isOurs
      ? [{ path: relative(ROOT, path), kind: kindOf(path, text), text }]
      : [];
  });

describe('callboard schema', () => {
  // UPDATE_GOLDENS=1 writes them again.
  it.each(['score', 'app', 'platform'])('%s is what docs/schemas has', name => {
    const path = join(SCHEMAS, `${name}.json`);
    if (process.env.UPDATE_GOLDENS) writeFileSync(path, printed(name));
    expect(readFileSync(path, 'utf8')).toBe(printed(name));
  });

  it('has examples of every kind of file', () => {
    expect(new Set(EXAMPLES.map(({ kind }) => kind))).toEqual(
      new Set(['score', 'app', 'platform']),
    );
  });

  it.each(EXAMPLES)('has nothing against $path', ({ kind, text }) => {
    const found = parseAllDocuments(text)
      .map(document => document.toJS())
      .filter(value => value !== null)
      .flatMap(value => complaints(kind, value));
    expect(found).toEqual([]);
  });

  it.each([
    {
      kind: 'score',
      value: {
        apiVersion: 'score.dev/v1b1',
        metadata: { name: 'web' },
        containers: {},
      },
      expected: ['/containers must NOT have fewer than 1 properties'],
    },
    {
      kind: 'score',
      value: {
        apiVersion: 'score.dev/v1b1',
        metadata: { name: 'web', team: 1 },
        containers: { web: { image: 'a', files: { '/a': {} } } },
      },
      expected: expect.arrayContaining([
        '/containers/web/files/~1a must match exactly one schema in oneOf',
      ]),
    },
    {
      kind: 'app',
      value: {
        apiVersion: 'callboard.dev/v1alpha1',
        kind: 'App',
        metadata: { name: 'shop' },
        spec: { ower: 'x' },
      },
      expected: ['/spec must NOT have additional properties'],
    },
    {
      kind: 'platform',
      value: {
        apiVersion: 'callboard.dev/v1alpha1',
        kind: 'Cluster',
        metadata: { name: 'one' },
        spec: { owner: 1 },
      },
      expected: expect.arrayContaining(['/spec/owner must be string']),
    },
  ])('complains about a faulty file, %#', ({ kind, value, expected }) => {
    expect(complaints(kind, value)).toEqual(expected);
  });

  it.each(['score', 'app', 'platform'])('describes every field of %s', name => {
    expect(undescribed(JSON.parse(printed(name)))).toEqual([]);
  });

  it('prints one of those it has', async () => {
    const io = new MemoryIo({});
    expect(await runCommand(['schema', 'x'], io)).toBe(2);
    expect(io.errLines[0]).toContain('One of score, app, platform');
  });
});
