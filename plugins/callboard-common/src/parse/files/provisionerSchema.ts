import { z } from 'zod';
import { API_VERSION, type ProvisionerFile } from '../../domain';
import { isRecord } from '../isRecord';
import { descriptionFields, labelNameSchema } from './nameSchemas';
import { labelSelectorSchema } from './placementSchema';

/** Limits of one file; those written by hand stay far below. */
const MOST = { params: 50, keys: 20, objects: 50, outputs: 50, kinds: 10 };
const MAX_TEXT = 4_096;
const MAX_SECRET = 128;

const TYPE = /^[A-Za-z0-9][A-Za-z0-9-]{0,61}[A-Za-z0-9]$/;
const typeName = z
  .string()
  .regex(
    TYPE,
    'must have 2 to 63 characters from A-Z, a-z, 0-9 and "-", and start and end with a letter or digit',
  );
const groupKind = z
  .string()
  .regex(
    /^[A-Z][A-Za-z0-9]*\.[a-z0-9.-]+$/,
    'must be a kind and its group such as "Cluster.postgresql.cnpg.io"',
  );
const fieldName = z
  .string()
  .regex(
    /^[A-Za-z0-9_-]{1,63}$/,
    'may have A-Z, a-z, 0-9, "_" and "-" only, 63 at most',
  );
const secretKey = z
  .string()
  .regex(
    /^[-_A-Za-z0-9]{1,63}$/,
    'may have A-Z, a-z, 0-9, "-" and "_" only, 63 at most',
  );
const text = z.string().max(MAX_TEXT);
const value = z.union([text, z.number(), z.boolean()]);

function atMost<T extends z.ZodType>(record: T, count: number): T {
  return record.refine(
    each => Object.keys(each as object).length <= count,
    `must have at most ${count} entries`,
  ) as T;
}

const template = z
  .looseObject({
    apiVersion: z
      .string()
      .min(1)
      .describe('Group and version, such as apps/v1.'),
    kind: z.string().min(1).describe('Kind, such as ConfigMap; no Secret.'),
    metadata: z.looseObject({
      name: z.string().min(1).describe('Name of the object; it holds ${name}.'),
    }),
  })
  .superRefine(({ kind, metadata }, context) => {
    const refuse = (path: string[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    if (kind === 'Secret')
      refuse(
        ['kind'],
        'must not be "Secret": list its keys under spec.secret, and their values are generated',
      );
    if (kind === 'Namespace')
      refuse(['kind'], 'must not be "Namespace": an app has one of its own');
    if (metadata.namespace !== undefined)
      refuse(
        ['metadata', 'namespace'],
        'must be left out: objects are made in the namespace of the app',
      );
    if (!metadata.name.includes('${name}'))
      refuse(
        ['metadata', 'name'],
        'must contain "${name}", as each resource needs objects of its own',
      );
    for (const field of ['labels', 'annotations'] as const) {
      const own = metadata[field];
      const reserved =
        isRecord(own) &&
        Object.keys(own).find(key => key.startsWith('callboard.dev/'));
      if (reserved)
        refuse(
          ['metadata', field, reserved],
          'is written by Callboard itself: rename it',
        );
    }
  });

export const provisionerSchema: z.ZodType<ProvisionerFile> = z.strictObject({
  apiVersion: z.literal(API_VERSION).describe('Version of this format.'),
  kind: z
    .literal('Provisioner')
    .describe('How the platform gives resources of a type.'),
  metadata: z.strictObject({
    name: labelNameSchema.describe('Name of the provisioner.'),
    ...descriptionFields,
  }),
  spec: z.strictObject({
    type: typeName.describe(
      'Type of the resources that it gives, as workloads ask for it.',
    ),
    class: typeName
      .optional()
      .describe(
        'Class of the resources; the one of workloads that ask for none where omitted.',
      ),
    clusters: labelSelectorSchema
      .optional()
      .describe('Clusters that it serves; all where omitted.'),
    blueprints: z
      .array(labelNameSchema)
      .min(1)
      .max(50)
      .optional()
      .describe(
        'Blueprints, one of which a cluster has to run or inherit from.',
      ),
    kinds: z
      .array(groupKind)
      .min(1)
      .max(MOST.kinds)
      .optional()
      .describe(
        'Kinds that the blueprint of a cluster has to bring, such as Cluster.postgresql.cnpg.io.',
      ),
    params: atMost(
      z.record(
        fieldName,
        z
          .strictObject({
            description: z
              .string()
              .max(500)
              .optional()
              .describe('What it is for.'),
            default: value
              .optional()
              .describe(
                'Its value where a workload does not say it; without one it has to.',
              ),
            oneOf: z
              .array(value)
              .min(1)
              .max(50)
              .optional()
              .describe('Values that are offered.'),
          })
          .refine(
            param =>
              param.default === undefined ||
              !param.oneOf ||
              param.oneOf.includes(param.default),
            'has a default that is not in its "oneOf"',
          ),
      ),
      MOST.params,
    )
      .optional()
      .describe('What a workload may say under params.'),
    secret: atMost(
      z.record(
        secretKey,
        z.strictObject({
          length: z
            .int()
            .min(16)
            .max(MAX_SECRET)
            .describe('Characters of the value.'),
        }),
      ),
      MOST.keys,
    )
      .optional()
      .describe(
        'Values that are drawn by chance for a resource, once per app and environment.',
      ),
    objects: z
      .array(template)
      .max(MOST.objects)
      .optional()
      .describe(
        'Kubernetes objects in the namespace of the app; texts may hold placeholders.',
      ),
    outputs: atMost(
      z.record(
        fieldName,
        z.union([
          value,
          z.strictObject({
            secretKeyRef: z.strictObject({
              name: text.min(1).describe('Name of the Secret.'),
              key: text.min(1).describe('Key in the Secret.'),
            }),
          }),
        ]),
      ),
      MOST.outputs,
    )
      .optional()
      .describe(
        'What placeholders of a workload find; texts may hold placeholders.',
      ),
  }),
});
