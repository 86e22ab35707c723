import { z } from 'zod';
import { API_VERSION, type AppFile } from '../../domain';
import {
  appNameSchema,
  descriptionFields,
  entityRefSchema,
  environmentNameSchema,
  labelNameSchema,
  promotionSchema,
  replicasSchema,
} from './nameSchemas';
import { labelSelectorSchema, placementSchema } from './placementSchema';
import { rolloutSchema } from './rolloutSchema';
import { deploySchema } from './workloadSettingsSchema';

const requirements = z.strictObject({ blueprint: labelNameSchema.optional() });

const environment = z.strictObject({
  name: environmentNameSchema,
  promotion: promotionSchema.optional(),
  requires: requirements.optional(),
  placement: placementSchema.optional(),
  rollout: rolloutSchema.optional(),
  overrides: z
    .array(
      z.strictObject({
        clusters: labelSelectorSchema,
        replicas: replicasSchema.optional(),
      }),
    )
    .max(100)
    .optional(),
  replicas: replicasSchema.optional(),
});

// Read from the repository, never from beside it.
const repositoryPath = z
  .string()
  .min(1)
  .refine(
    path => !path.startsWith('/') && !path.split(/[\\/]/).includes('..'),
    'must be a path inside the repository',
  );

export const appFileSchema: z.ZodType<AppFile> = z.strictObject({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('App'),
  metadata: z.strictObject({ name: appNameSchema, ...descriptionFields }),
  spec: z.strictObject({
    owner: entityRefSchema.optional(),
    system: z.string().min(1).optional(),
    workloads: z.array(repositoryPath).min(1).max(50).optional(),
    requires: requirements.optional(),
    deploy: deploySchema.optional(),
    environments: z
      .array(environment)
      .max(50)
      .superRefine((environments, context) => {
        const seen = new Set<string>();
        environments.forEach(({ name }, index) => {
          if (seen.has(name)) {
            context.addIssue({
              code: 'custom',
              path: [index, 'name'],
              message: `the environment "${name}" is given twice`,
            });
          }
          seen.add(name);
        });
      })
      .optional(),
  }),
});
