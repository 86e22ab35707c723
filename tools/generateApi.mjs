// Writes what follows from the API's document into callboard-common: the types of
// what is sent and answered, and the address of every operation.
//
//   yarn generate:api           writes them
//   yarn generate:api --check   says whether they are what the document says
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';
import prettier from 'prettier';
import ts from 'typescript';
import { parse } from 'yaml';
import { root } from './lib/paths.mjs';

const DOCUMENT = 'plugins/callboard-backend/src/schema/openapi.yaml';
const GENERATED = 'plugins/callboard-common/src/api/generated';
const HEADER = `// Generated from ${DOCUMENT} by \`yarn generate:api\`. Change the document instead.\n\n`;

/** Schemas that are values of the domain first, with more to say in code than a document can. */
const OF_THE_DOMAIN = [
  'Problem',
  'ProblemCode',
  'ReportedReason',
  'SourceLocation',
];

const document = parse(readFileSync(join(root, DOCUMENT), 'utf8'));
const files = {
  'schema.ts': await writeSchema(),
  'types.ts': writeTypes(),
  'operations.ts': writeOperations(),
};
const stale = [];
for (const [name, text] of Object.entries(files)) {
  const path = join(root, GENERATED, name);
  const wanted = await format(path, HEADER + text);
  if (wanted === readText(path)) continue;
  stale.push(`${GENERATED}/${name}`);
  if (!process.argv.includes('--check')) writeFileSync(path, wanted);
}
if (process.argv.includes('--check') && stale.length > 0) {
  process.stderr.write(
    `${DOCUMENT} says otherwise than ${stale.join(
      ' and ',
    )}: run yarn generate:api\n`,
  );
  process.exitCode = 1;
}

/** What operations take and answer, and what the schemas are. */
async function writeSchema() {
  const nodes = await openapiTS(document, { transform: takeCodesOfTheDomain });
  const types = nodes.filter(({ name }) =>
    ['components', 'operations'].includes(name?.text),
  );
  return `/* eslint-disable */
import type { ReportedReason } from '../../domain/ReportedReason';
import type { Problem } from '../../problem/Problem';

${astToString(types)}`;
}

function takeCodesOfTheDomain(_schema, { path }) {
  if (path === '#/components/schemas/ReportedReason')
    return ts.factory.createTypeReferenceNode('ReportedReason');
  if (path !== '#/components/schemas/ProblemCode') return undefined;
  const code = ts.factory.createStringLiteral('code');
  return ts.factory.createIndexedAccessTypeNode(
    ts.factory.createTypeReferenceNode('Problem'),
    ts.factory.createLiteralTypeNode(code),
  );
}

/** Each schema by its name. */
function writeTypes() {
  const types = Object.entries(document.components.schemas)
    .filter(([name]) => !OF_THE_DOMAIN.includes(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { description }]) => {
      const comment = description ? `/** ${description} */\n` : '';
      return `${comment}export type ${name} = Schemas['${name}'];`;
    });
  return `import type { components } from './schema';\n\ntype Schemas = components['schemas'];\n\n${types.join(
    '\n\n',
  )}\n`;
}

/** Method and address of every operation, by its id. */
function writeOperations() {
  const operations = Object.entries(document.paths)
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId, responses }]) => [
        operationId,
        { method: method.toUpperCase(), path, answer: answerOf(responses) },
      ]),
    )
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `import type { operations } from './schema';

/** Where each operation of the API is asked. */
export const OPERATIONS: Record<keyof operations, { method: string; path: string; answer?: 'application/json' | 'application/x-ndjson' | 'text/csv' }> = ${JSON.stringify(
    Object.fromEntries(operations),
  )};\n`;
}

/** Media type of what an operation answers when it did what was asked. */
function answerOf(responses) {
  const [, { content = {} }] = Object.entries(responses).find(
    ([status]) => status !== 'default',
  );
  return Object.keys(content)[0];
}

async function format(path, text) {
  const options = await prettier.resolveConfig(path);
  return prettier.format(text, { ...options, filepath: path });
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
