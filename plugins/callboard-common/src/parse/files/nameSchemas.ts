import { z } from 'zod';
import { checkAppName } from '../checkAppName';

const LABEL_RULE =
  'must have at most 63 characters from a-z, 0-9 and "-", and start and end with a letter or digit';

/** A DNS label (RFC 1123). */
export const labelNameSchema = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, LABEL_RULE);

/** A DNS label without `--`, which separates app and environment in the names of namespaces. */
export const environmentNameSchema = labelNameSchema.refine(
  name => !name.includes('--'),
  'must not contain "--"',
);

export const appNameSchema = z.string().superRefine((name, context) => {
  const checked = checkAppName(name);
  if (!checked.ok)
    context.addIssue({ code: 'custom', message: checked.problem.why });
});

/** Title and description beside a name, as in every kind of file. */
export const descriptionFields = {
  title: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('What pages call it; its name where omitted.'),
  description: z
    .string()
    .max(2000)
    .optional()
    .describe('What it is for, in a sentence or two.'),
};

/** `group:default/payments`. */
export const entityRefSchema = z
  .string()
  .regex(
    /^[a-z]+:[A-Za-z0-9._-]+\/[A-Za-z0-9._-]+$/,
    'must be an entity reference such as "group:default/payments"',
  );

export const promotionSchema = z.strictObject({
  from: environmentNameSchema
    .optional()
    .describe('Environment in which a release has to be before.'),
  approval: entityRefSchema
    .optional()
    .describe(
      'Who has to approve a promotion, such as group:default/release-managers.',
    ),
});

/** Replicas of one workload on one cluster; more is a typing error or an attack. */
export const replicasSchema = z.int().min(0).max(1000);
