import { z } from 'zod';
import { PLATFORM_SCHEMAS } from './files/platformSchemas';
import { appFileSchema } from './files/appFileSchema';
import { scoreSchema } from './score/scoreSchema';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Files for which editors have a JSON Schema. */
export const SCHEMA_NAMES = ['score', 'app', 'platform'] as const;
export type SchemaName = (typeof SCHEMA_NAMES)[number];

/**
 * The JSON Schema (draft 7, which all editors know) of a kind of file, made
 * from what the file is read by. It says less than the reader: names that have
 * to be given elsewhere, and older spellings of Score, are for `callboard check`.
 */
export function jsonSchemaOf(name: SchemaName): JsonSchema {
  switch (name) {
    case 'score':
      return titled('Score workload (score.yaml)', scoreSchema);
    case 'app':
      return titled('App of Callboard (app.yaml)', appFileSchema);
    default:
      return platformSchema();
  }
}

function titled(title: string, schema: z.ZodType): JsonSchema {
  const { $schema, ...rest } = toJsonSchema(schema);
  return { $schema, title, ...rest };
}

/** One schema for every kind, so that an editor complains about the kind that is meant and not about all. */
function platformSchema(): JsonSchema {
  const kinds = Object.entries(PLATFORM_SCHEMAS).map(([kind, schema]) => {
    const { $schema, ...rest } = toJsonSchema(schema);
    return { $schema, kind, rest };
  });
  return {
    $schema: kinds[0].$schema,
    title: "A file of Callboard's platform",
    type: 'object',
    properties: {
      kind: {
        description: 'What the file describes.',
        enum: kinds.map(({ kind }) => kind),
      },
    },
    required: ['apiVersion', 'kind'],
    allOf: kinds.map(({ kind, rest }) => ({
      if: { properties: { kind: { const: kind } } },
      then: rest,
    })),
  };
}

function toJsonSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { target: 'draft-7', io: 'output' });
}
