import { readFileSync } from 'node:fs';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { load } from 'js-yaml'; // at every start: six times as fast as `yaml`

/** As much of an OpenAPI document as is read here; the rest is carried along. */
export interface OpenApiDocument {
  paths: Record<string, Record<string, OpenApiOperation>>;
}

interface OpenApiOperation {
  operationId: string;
  parameters?: Array<{ $ref: string }>;
  responses: Record<string, { content?: object }>;
}

const PLAYGROUND = '/playground/'; // what the playground's module adds

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
 * The API, as OpenAPI 3.1. It validates requests as they come in, is served at
 * `/openapi.json`, and a test holds every answer against it.
 */
export const openApiDocument = describeApi({ playground: false });

/** The document of this portal: with the playground's switches only where there is one. */
export function describeApi(options: { playground: boolean }): OpenApiDocument {
  if (options.playground) return whole;
  const paths = Object.entries(whole.paths).filter(
    ([path]) => !path.startsWith(PLAYGROUND),
  );
  return { ...whole, paths: Object.fromEntries(paths) };
}

/** What addresses of the API begin with: `apps`, `clusters`, and the others. */
export function listRoots({ paths }: OpenApiDocument): string[] {
  return [...new Set(Object.keys(paths).map(path => path.split('/')[1]))];
}
