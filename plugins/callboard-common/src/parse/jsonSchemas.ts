import { z } from 'zod';
import { PLATFORM_SCHEMAS } from './files/platformSchemas';
import { appFileSchema } from './files/appFileSchema';
import { scoreSchema } from './score/scoreSchema';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Files with a JSON Schema for editors. */
export const SCHEMA_NAMES = ['score', 'app', 'platform'] as const;
export type SchemaName = (typeof SCHEMA_NAMES)[number];

/**
 * Returns the JSON Schema (draft 7, which all editors support) of a kind of
 * file, generated from its parser's schema. It checks less than the parser:
 * names that must be defined elsewhere, and older spellings of Score, are left
 * to `callboard check`.
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

/** One schema that selects by kind, so that an editor reports the faults of that kind only. */
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
