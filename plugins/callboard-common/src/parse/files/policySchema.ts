import { z } from 'zod';
import { API_VERSION, POLICY_MODES, type PolicyFile } from '../../domain';
import {
  appNameSchema,
  descriptionFields,
  entityRefSchema,
  environmentNameSchema,
  labelNameSchema,
} from './nameSchemas';
import { labelSelectorSchema } from './placementSchema';

/** Limits of one policy; those written by hand stay far below. */
const MOST = { validations: 50, names: 200, expression: 4_096, text: 500 };

const listOf = <T extends z.ZodType>(schema: T) =>
  z.array(schema).min(1).max(MOST.names).optional();
const sentence = z.string().min(1).max(MOST.text);

export const policySchema: z.ZodType<PolicyFile> = z.strictObject({
  apiVersion: z.literal(API_VERSION).describe('Version of this format.'),
  kind: z.literal('Policy').describe('What releases of apps have to hold to.'),
  metadata: z.strictObject({
    name: labelNameSchema.describe('Name by which exceptions refer to it.'),
    ...descriptionFields,
  }),
  spec: z.strictObject({
    mode: z
      .enum(POLICY_MODES)
      .describe(
        'What becomes of a release that violates it: audit counts it, warn says it, deny refuses it.',
      ),
    match: z
      .strictObject({
        owners: listOf(entityRefSchema).describe(
          'Owners of the apps, such as group:default/payments.',
        ),
        systems: listOf(z.string().min(1).max(MOST.text)).describe(
          'Systems that the apps are part of.',
        ),
        apps: listOf(appNameSchema).describe('Names of the apps.'),
        environments: listOf(environmentNameSchema).describe(
          'Names of the environments.',
        ),
        clusterSets: listOf(labelNameSchema).describe(
          'Cluster sets, one of which the cluster belongs to.',
        ),
        blueprints: listOf(labelNameSchema).describe(
          'Blueprints, one of which the cluster has or inherits from.',
        ),
        clusters: labelSelectorSchema
          .optional()
          .describe('Labels of the cluster.'),
      })
      .optional()
      .describe(
        'What it is for: all that is given has to hold. Everything where omitted.',
      ),
    validations: z
      .array(
        z.strictObject({
          expression: z
            .string()
            .min(1)
            .max(MOST.expression)
            .describe(
              'In CEL, over app, release, environment, placement, cluster, object and pod; true is good.',
            ),
          message: sentence.describe(
            'What is wrong where it is not true, as people read it.',
          ),
          next: sentence
            .optional()
            .describe('What people who read it can do about it.'),
        }),
      )
      .min(1)
      .max(MOST.validations)
      .describe('What has to be true.'),
  }),
});
