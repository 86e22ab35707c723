import { isRecord, jsonSchemaOf } from '@callboard/plugin-callboard-common';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { findRepository } from '../__testUtils__/findRepository';

const DOCS = join(findRepository(), 'docs');
const PAGE = join(DOCS, 'app-yaml.md');

/** A field of app.yaml. `NAME` is what an author names, `[]` an entry of a list. */
interface Field {
  path: string;
  what: string;
}

interface Schema {
  description?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema;
  anyOf?: Schema[];
}

/** Fields that docs/rendering.md lists, in a table that is tested by itself. */
const LISTED_ELSEWHERE = /\.patches\.NAME/;

function* fieldsOf(schema: Schema, path = ''): Generator<Field> {
  if (LISTED_ELSEWHERE.test(path)) return;
  for (const each of schema.anyOf ?? []) yield* fieldsOf(each, path);
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const at = path ? `${path}.${name}` : name;
    yield { path: at, what: field.description ?? '' };
    yield* fieldsOf(field, at);
  }
  if (typeof schema.additionalProperties === 'object')
    yield* fieldsOf(schema.additionalProperties, `${path}.NAME`);
  if (schema.items) yield* fieldsOf(schema.items, `${path}[]`);
}

const FIELDS = [...fieldsOf(jsonSchemaOf('app') as Schema)];
const PATHS = new Set(FIELDS.map(({ path }) => path));

/** The fields that a document uses, as the schema calls them. */
function* usedBy(value: unknown, path = ''): Generator<string> {
  if (Array.isArray(value))
    for (const entry of value) yield* usedBy(entry, `${path}[]`);
  if (!isRecord(value)) return;
  for (const [key, field] of Object.entries(value)) {
    const named = path ? `${path}.${key}` : key;
    const at = PATHS.has(named) ? named : `${path}.NAME`;
    yield at;
    yield* usedBy(field, at);
  }
}

const SELECTOR = /\.match(?:Labels|Expressions)(?:\[\]\.\w+)?$/;

const lastOf = (path: string) => path.split('.').at(-1);

/** The parts of the page, by where their fields begin: the longest that fits has a field. */
const PARTS = {
  spec: 'spec',
  deploy: 'spec.deploy.NAME',
  environments: 'spec.environments[]',
  placement: 'spec.environments[].placement',
  rollout: 'spec.environments[].rollout',
  overrides: 'spec.environments[].overrides[]',
};

function tableOf(part: string): string {
  const rows = FIELDS.filter(({ path }) => partOf(path) === part)
    .filter(({ path, what }) => what !== '' && !SELECTOR.test(path))
    .map(
      ({ path, what }) =>
        `| \`${path.slice(part.length + 1)}\` | ${what.replace(/\.$/, '')} |`,
    );
  return ['| field | what it says |', '| --- | --- |', ...rows].join('\n');
}

function partOf(path: string): string | undefined {
  return Object.values(PARTS)
    .filter(part => path.startsWith(`${part}.`))
    .sort((a, b) => b.length - a.length)[0];
}

describe('docs/app-yaml.md', () => {
  it('has an example of every field in its example', () => {
    const example = readFileSync(
      join(DOCS, 'examples/app-yaml/app.yaml'),
      'utf8',
    );
    const used = new Set(usedBy(parse(example)));
    // Selectors are the same everywhere: two of them are shown.
    const missing = [...PATHS].filter(path => !used.has(path));
    expect(missing.filter(path => !SELECTOR.test(path))).toEqual([]);
    expect(
      new Set([...used].filter(path => SELECTOR.test(path)).map(lastOf)),
    ).toEqual(
      new Set(['matchLabels', 'matchExpressions', 'key', 'operator', 'values']),
    );
  });

  it('shows its example whole', () => {
    const example = readFileSync(
      join(DOCS, 'examples/app-yaml/app.yaml'),
      'utf8',
    );
    expect(readFileSync(PAGE, 'utf8')).toContain(
      `\`\`\`yaml\n${example}\`\`\``,
    );
  });

  /* UPDATE_GOLDENS=1 writes the tables. */
  it.each(Object.entries(PARTS))('lists the fields of %s', (name, part) => {
    const page = readFileSync(PAGE, 'utf8');
    const [begin, end] = [`<!-- ${name} -->\n\n`, `\n\n<!-- /${name} -->`];
    const from = page.indexOf(begin) + begin.length;
    const to = page.indexOf(end);
    expect(from).toBeGreaterThanOrEqual(begin.length);
    if (process.env.UPDATE_GOLDENS)
      writeFileSync(PAGE, page.slice(0, from) + tableOf(part) + page.slice(to));
    expect(readFileSync(PAGE, 'utf8')).toContain(
      `${begin}${tableOf(part)}${end}`,
    );
  });

  it('lists every field that says something', () => {
    const listed = FIELDS.filter(({ path }) => partOf(path) !== undefined);
    expect(
      FIELDS.filter(field => !listed.includes(field)).map(({ path }) => path),
    ).toEqual([
      'apiVersion',
      'kind',
      'metadata',
      'metadata.name',
      'metadata.title',
      'metadata.description',
      'spec',
    ]);
  });
});
