import { readFileSync } from 'node:fs';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { load } from 'js-yaml'; // at every start: six times as fast as `yaml`

/** The part of an OpenAPI document that is read here; the rest is kept. */
export interface OpenApiDocument {
  paths: Record<string, Record<string, OpenApiOperation>>;
}

interface OpenApiOperation {
  operationId: string;
  parameters?: Array<{ $ref: string }>;
  responses: Record<string, { content?: object }>;
}

const PLAYGROUND = '/playground/'; // added by the playground's module

const whole = load(
  readFileSync(
    resolvePackagePath(
      '@callboard/plugin-callboard-backend',
      'src/schema/openapi.yaml',
    ),
    'utf8',
  ),
) as OpenApiDocument;

/**
 * The API, as OpenAPI 3.1. It validates incoming requests and is served at
 * `/openapi.json`; a test validates every response against it.
 */
export const openApiDocument = describeApi({ playground: false });

/** Returns the document of this portal: the playground's switches only where there is a playground. */
export function describeApi(options: { playground: boolean }): OpenApiDocument {
  if (options.playground) return whole;
  const paths = Object.entries(whole.paths).filter(
    ([path]) => !path.startsWith(PLAYGROUND),
  );
  return { ...whole, paths: Object.fromEntries(paths) };
}

/** Returns the first path segments of the API: `apps`, `clusters`, and the others. */
export function listRoots({ paths }: OpenApiDocument): string[] {
  return [...new Set(Object.keys(paths).map(path => path.split('/')[1]))];
}
