import { LABEL_KEY, LABEL_VALUE } from '../checkLabel';
import { z } from 'zod';
import {
  API_VERSION,
  type BlueprintFile,
  type ClusterFile,
  type ClusterSetFile,
  type EnvironmentFile,
  type HealthRulesFile,
} from '../../domain';
import {
  descriptionFields,
  entityRefSchema,
  environmentNameSchema,
  labelNameSchema,
  promotionSchema,
  replicasSchema,
} from './nameSchemas';
import {
  labelSelectorSchema,
  placementSchema,
  taintSchema,
} from './placementSchema';
import { provisionerSchema } from './provisionerSchema';
import { rolloutSchema } from './rolloutSchema';

const apiVersion = z.literal(API_VERSION);
const named = z.strictObject({ name: labelNameSchema, ...descriptionFields });

const environmentSchema: z.ZodType<EnvironmentFile> = z.strictObject({
  apiVersion,
  kind: z.literal('Environment'),
  metadata: z.strictObject({
    name: environmentNameSchema,
    ...descriptionFields,
  }),
  spec: z.strictObject({
    order: z.number(),
    promotion: promotionSchema.optional(),
    placement: placementSchema,
    rollout: rolloutSchema.optional(),
    builder: labelNameSchema.optional(),
    replicas: replicasSchema.optional(),
    failoverAfterSeconds: z.int().min(1).optional(),
  }),
});

const exposure = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ClusterIP') }),
  z.strictObject({ type: z.literal('LoadBalancer') }),
  z.strictObject({
    type: z.literal('NodePort'),
    host: z
      .string()
      .regex(/^[A-Za-z0-9.:[\]-]+$/, 'must be a host name or address'),
  }),
]);

const labels = z.record(
  z.string().regex(LABEL_KEY, 'is not a valid label'),
  z.string().regex(LABEL_VALUE, 'is not a valid value of a label'),
);

const clusterSchema: z.ZodType<ClusterFile> = z.strictObject({
  apiVersion,
  kind: z.literal('Cluster'),
  metadata: z.strictObject({
    name: labelNameSchema,
    ...descriptionFields,
    labels: labels.optional(),
  }),
  spec: z.strictObject({
    claims: z.record(z.string().min(1), z.string()).optional(),
    clusterSet: labelNameSchema.optional(),
    taints: z.array(taintSchema).optional(),
    blueprint: labelNameSchema.optional(),
    exposure: exposure.optional(),
    owner: entityRefSchema.optional(),
  }),
});

const kubeObject = z.looseObject({
  apiVersion: z.string().min(1),
  kind: z.string().min(1),
  metadata: z.looseObject({
    name: z.string().min(1),
    namespace: z.string().min(1).optional(),
  }),
});

const blueprintSchema: z.ZodType<BlueprintFile> = z.strictObject({
  apiVersion,
  kind: z.literal('Blueprint'),
  metadata: named,
  spec: z.strictObject({
    version: z.int().min(1),
    state: z.enum(['draft', 'active', 'disabled']),
    base: labelNameSchema.optional(),
    drift: z.enum(['NotSet', 'DetectAndNotify', 'BlockAndNotify']).optional(),
    addons: z
      .array(
        z.strictObject({
          name: labelNameSchema,
          description: z.string().max(2000).optional(),
          objects: z.array(kubeObject),
        }),
      )
      .superRefine((addons, context) => {
        const seen = new Set<string>();
        addons.forEach(({ name }, index) => {
          if (seen.has(name)) {
            context.addIssue({
              code: 'custom',
              path: [index, 'name'],
              message: `the add-on "${name}" is given twice`,
            });
          }
          seen.add(name);
        });
      }),
  }),
});

const clusterSetSchema: z.ZodType<ClusterSetFile> = z.strictObject({
  apiVersion,
  kind: z.literal('ClusterSet'),
  metadata: named,
  spec: z.strictObject({ clusterSelector: labelSelectorSchema.optional() }),
});

const HEALTH_LIMITS = { rules: 200, kinds: 100, rungs: 50, characters: 500 };
const sentences = (max: number) =>
  z.array(z.string().min(1).max(HEALTH_LIMITS.characters)).min(1).max(max);

const healthRulesSchema: z.ZodType<HealthRulesFile> = z.strictObject({
  apiVersion,
  kind: z.literal('HealthRules'),
  metadata: named,
  spec: z.strictObject({
    rules: z
      .array(
        z.strictObject({
          kinds: sentences(HEALTH_LIMITS.kinds),
          rungs: sentences(HEALTH_LIMITS.rungs),
        }),
      )
      .min(1)
      .max(HEALTH_LIMITS.rules),
  }),
});

/** The schema of each kind that the platform's own files may have. */
export const PLATFORM_SCHEMAS = {
  Environment: environmentSchema,
  Blueprint: blueprintSchema,
  Cluster: clusterSchema,
  ClusterSet: clusterSetSchema,
  HealthRules: healthRulesSchema,
  Provisioner: provisionerSchema,
} as const;
