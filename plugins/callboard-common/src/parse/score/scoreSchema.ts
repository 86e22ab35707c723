import { z } from 'zod';
import type { ScoreWorkload } from '../../domain';

/*
 * Score v1b1. Strict where the specification is: fields it does not know are
 * refused everywhere but in `metadata` and `params`.
 *
 * Source: the Score specification score.dev/v1b1, as score-go 1.12 reads it.
 */

const NAME = /^[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$/;
const NAME_RULE =
  'must have 2 to 63 characters from a-z, 0-9 and "-", and start and end with a letter or digit';
const name = z.string().regex(NAME, NAME_RULE);

const TYPE = /^[A-Za-z0-9][A-Za-z0-9-]{0,61}[A-Za-z0-9]$/;
const typeName = z
  .string()
  .regex(
    TYPE,
    'must have 2 to 63 characters from A-Z, a-z, 0-9 and "-", and start and end with a letter or digit',
  );

const ANNOTATION_KEY =
  /^(([a-z0-9][a-z0-9-]{0,61}[a-z0-9])(\.[a-z0-9][a-z0-9-]{0,61}[a-z0-9])*\/)?[A-Za-z0-9][A-Za-z0-9._-]{0,61}[A-Za-z0-9]$/;
const annotations = z.record(
  z
    .string()
    .max(316, 'is longer than 316 characters')
    .regex(ANNOTATION_KEY, 'is not a valid annotation'),
  z.string(),
);

const portNumber = z.int().min(1).max(65535);

/** A map with fields of anybody's beside the known ones. `looseObject` alone takes every object for one, also a date. */
function openMap<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.record(z.string(), z.unknown()).pipe(z.looseObject(shape));
}

const metadata = openMap({ name, annotations: annotations.optional() });

const port = z.strictObject({
  port: portNumber,
  protocol: z.enum(['TCP', 'UDP']).optional(),
  targetPort: portNumber.optional(),
});

const service = z.strictObject({ ports: z.record(name, port).optional() });

const probe = z.strictObject({
  httpGet: z
    .strictObject({
      path: z.string(),
      port: portNumber,
      scheme: z.enum(['HTTP', 'HTTPS']).optional(),
      host: z.string().min(1).optional(),
      httpHeaders: z
        .array(
          z.strictObject({
            name: z
              .string()
              .regex(
                /^[A-Za-z0-9_-]+$/,
                'may contain A-Z, a-z, 0-9, "_" and "-" only',
              ),
            value: z.string().min(1),
          }),
        )
        .optional(),
    })
    .optional(),
  exec: z.strictObject({ command: z.array(z.string()) }).optional(),
});

// Stricter than the specification, whose pattern accepts "" and "m": no cluster takes those.
const amounts = z.strictObject({
  cpu: z
    .string()
    .regex(
      /^(?:\d+m?|\d*\.\d+)$/,
      'must be a number of CPUs such as "2", "0.5" or "250m"',
    )
    .optional(),
  memory: z
    .string()
    .regex(
      /^[1-9]\d*(?:K|M|G|T|Ki|Mi|Gi|Ti)?$/,
      'must be a number of bytes such as "128Mi" or "1G"',
    )
    .optional(),
});

const BASE64 =
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const file = z
  .strictObject({
    mode: z
      .string()
      .regex(
        /^0?[0-7]{3}$/,
        'must be an octal file mode in quotes, such as "0644"',
      )
      .optional(),
    content: z.string().optional(),
    binaryContent: z.string().regex(BASE64, 'must be base64').optional(),
    source: z.string().min(1).optional(),
    noExpand: z.boolean().optional(),
  })
  .superRefine((value, context) => {
    const given = (['content', 'binaryContent', 'source'] as const).filter(
      key => value[key] !== undefined,
    );
    if (given.length === 1) return;
    const found =
      given.length === 0
        ? 'none of them is given'
        : `${given.map(key => `"${key}"`).join(' and ')} are given`;
    context.addIssue({
      code: 'custom',
      message: `exactly one of "content", "binaryContent" and "source" is needed, but ${found}`,
    });
  })
  .meta({
    oneOf: [
      { required: ['content'] },
      { required: ['binaryContent'] },
      { required: ['source'] },
    ],
  });

const volume = z.strictObject({
  source: z.string(),
  path: z.string().optional(),
  readOnly: z.boolean().optional(),
});

const absolutePath = z
  .string()
  .regex(/^\//, 'must be an absolute path in the container');

// Stricter than the specification, which allows all but "=": no cluster takes more.
const variableName = z
  .string()
  .regex(/^[\x20-\x3c\x3e-\x7e]+$/, 'must be printable ASCII without "="');

const container = z.strictObject({
  image: z
    .string()
    .min(1)
    .describe('Name of the image; "." is what this repository builds.'),
  command: z
    .array(z.string())
    .optional()
    .describe("In place of the image's entrypoint."),
  args: z
    .array(z.string())
    .optional()
    .describe("In place of the image's arguments."),
  variables: z
    .record(variableName, z.string())
    .optional()
    .describe('Environment variables; placeholders are filled in.'),
  files: z
    .record(absolutePath, file)
    .optional()
    .describe('Files by their path in the container.'),
  volumes: z
    .record(absolutePath, volume)
    .optional()
    .describe('Volumes by the path at which they are mounted.'),
  resources: z
    .strictObject({ limits: amounts.optional(), requests: amounts.optional() })
    .optional(),
  livenessProbe: probe.optional(),
  readinessProbe: probe.optional(),
  before: z
    .record(
      name,
      z.strictObject({ ready: z.enum(['started', 'healthy', 'complete']) }),
    )
    .optional(),
});

const resource = z.strictObject({
  type: typeName,
  class: typeName.optional(),
  id: z
    .string()
    .min(2)
    .max(63)
    .regex(
      /^[a-z0-9]+(?:-+[a-z0-9]+)*(?:\.[a-z0-9]+(?:-+[a-z0-9]+)*)*$/,
      'must be labels of a-z, 0-9 and "-", joined by "."',
    )
    .optional(),
  metadata: openMap({ annotations: annotations.optional() }).optional(),
  params: z.record(z.string(), z.unknown()).optional(),
});

/** Checks a `score.yaml` whose older spellings are already upgraded. */
export const scoreSchema: z.ZodType<ScoreWorkload> = z.strictObject({
  apiVersion: z.literal('score.dev/v1b1'),
  metadata,
  service: service
    .optional()
    .describe('Ports at which others reach the workload.'),
  containers: z
    .record(name, container)
    .refine(
      value => Object.keys(value).length > 0,
      'at least one container is needed',
    )
    .meta({ minProperties: 1 }),
  resources: z
    .record(name, resource)
    .optional()
    .describe('What the workload needs beside itself, by name.'),
});
