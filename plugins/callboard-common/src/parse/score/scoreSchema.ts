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

/** A map with known fields and any others. `looseObject` alone accepts every object, also a date. */
function openMap<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.record(z.string(), z.unknown()).pipe(z.looseObject(shape));
}

const metadata = openMap({
  name: name.describe('Name of the workload.'),
  annotations: annotations.optional().describe('Annotations of its objects.'),
});

const port = z.strictObject({
  port: portNumber.describe('Port at which others reach it.'),
  protocol: z.enum(['TCP', 'UDP']).optional().describe('TCP where omitted.'),
  targetPort: portNumber
    .optional()
    .describe('Port in the container; the same where omitted.'),
});

const service = z.strictObject({
  ports: z.record(name, port).optional().describe('Ports by their name.'),
});

const probe = z.strictObject({
  httpGet: z
    .strictObject({
      path: z.string().describe('Path that is asked for.'),
      port: portNumber.describe('Port in the container.'),
      scheme: z
        .enum(['HTTP', 'HTTPS'])
        .optional()
        .describe('HTTP where omitted.'),
      host: z
        .string()
        .min(1)
        .optional()
        .describe('Host that is asked; the instance where omitted.'),
      httpHeaders: z
        .array(
          z.strictObject({
            name: z
              .string()
              .regex(
                /^[A-Za-z0-9_-]+$/,
                'may contain A-Z, a-z, 0-9, "_" and "-" only',
              )
              .describe('Name of the header.'),
            value: z.string().min(1).describe('Value of the header.'),
          }),
        )
        .optional()
        .describe('Headers of the request.'),
    })
    .optional(),
  exec: z
    .strictObject({
      command: z.array(z.string()).describe('The command and its arguments.'),
    })
    .optional()
    .describe('Command in the container; it is well when that ends with 0.'),
});

// Stricter than the specification, whose pattern accepts "" and "m": clusters refuse those.
export const amountsSchema = z.strictObject({
  cpu: z
    .string()
    .regex(
      /^(?:\d+m?|\d*\.\d+)$/,
      'must be a number of CPUs such as "2", "0.5" or "250m"',
    )
    .optional()
    .describe('Number of CPUs, such as 0.5 or 250m.'),
  memory: z
    .string()
    .regex(
      /^[1-9]\d*(?:K|M|G|T|Ki|Mi|Gi|Ti)?$/,
      'must be a number of bytes such as "128Mi" or "1G"',
    )
    .optional()
    .describe('Number of bytes, such as 128Mi or 1G.'),
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
      .optional()
      .describe('Octal file mode in quotes, such as 0644.'),
    content: z
      .string()
      .optional()
      .describe('Text of the file; placeholders are filled in.'),
    binaryContent: z
      .string()
      .regex(BASE64, 'must be base64')
      .optional()
      .describe('Bytes of the file in base64.'),
    source: z.string().min(1).optional().describe('Path in the repository.'),
    noExpand: z
      .boolean()
      .optional()
      .describe('Whether placeholders stay as they are.'),
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
  source: z
    .string()
    .describe('The volume, as a placeholder such as ${resources.data}.'),
  path: z
    .string()
    .optional()
    .describe('Path in the volume; all of it where omitted.'),
  readOnly: z.boolean().optional().describe('Whether it can only be read.'),
});

const absolutePath = z
  .string()
  .regex(/^\//, 'must be an absolute path in the container');

// Stricter than the specification, which allows all but "=": clusters accept no more.
/** A valid name of an environment variable. */
export const variableName = z
  .string()
  .regex(/^[\x20-\x3c\x3e-\x7e]+$/, 'must be printable ASCII without "="');

const container = z.strictObject({
  image: z
    .string()
    .min(1)
    .describe(
      'Name of the image; "." is what this repository builds, "./services/api" what that folder of it builds.',
    ),
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
    .strictObject({
      limits: amountsSchema.optional(),
      requests: amountsSchema.optional(),
    })
    .optional()
    .describe('CPU and memory that it needs at least, and gets at most.'),
  livenessProbe: probe
    .optional()
    .describe('Asks whether it is alive; if not it is started again.'),
  readinessProbe: probe.optional().describe('Asks whether it can serve.'),
  before: z
    .record(
      name,
      z.strictObject({
        ready: z
          .enum(['started', 'healthy', 'complete'])
          .describe('What they wait for.'),
      }),
    )
    .optional()
    .describe('Containers that wait for this one.'),
});

const resource = z.strictObject({
  type: typeName.describe('What is needed, such as postgres or volume.'),
  class: typeName
    .optional()
    .describe('Which kind of it; default where omitted.'),
  id: z
    .string()
    .min(2)
    .max(63)
    .regex(
      /^[a-z0-9]+(?:-+[a-z0-9]+)*(?:\.[a-z0-9]+(?:-+[a-z0-9]+)*)*$/,
      'must be labels of a-z, 0-9 and "-", joined by "."',
    )
    .optional()
    .describe(
      'Resources of one type, class and id are shared by the workloads of an app.',
    ),
  metadata: openMap({
    annotations: annotations
      .optional()
      .describe('Annotations for who gives it.'),
  }).optional(),
  params: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('What is said to who gives it; placeholders are filled in.'),
});

/** Checks a `score.yaml` whose older spellings are already upgraded. */
export const scoreSchema: z.ZodType<ScoreWorkload> = z.strictObject({
  apiVersion: z.literal('score.dev/v1b1').describe('Version of Score.'),
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
    .meta({ minProperties: 1 })
    .describe('Containers by their name.'),
  resources: z
    .record(name, resource)
    .optional()
    .describe('What the workload needs beside itself, by name.'),
});
