import { z } from 'zod';
import type { RolloutSpec } from '../../domain';
import { countOrPercentSchema } from './placementSchema';

const duration = z
  .string()
  .regex(
    /^(?:\d+(?:\.\d+)?(?:h|m|s|ms))+$/,
    'must be a duration such as "5m" or "1h30m"',
  );

const config = {
  minSuccessTime: duration.optional(),
  progressDeadline: duration.optional(),
  maxFailures: countOrPercentSchema.optional(),
};

const mandatoryDecisionGroups = z
  .array(
    z.strictObject({
      groupName: z.string().optional(),
      groupIndex: z.int().min(0).optional(),
    }),
  )
  .optional();

export const rolloutSchema: z.ZodType<RolloutSpec> = z.strictObject({
  type: z.enum(['All', 'Progressive', 'ProgressivePerGroup']),
  all: z.strictObject(config).optional(),
  progressive: z
    .strictObject({
      ...config,
      maxConcurrency: countOrPercentSchema.optional(),
      mandatoryDecisionGroups,
    })
    .optional(),
  progressivePerGroup: z
    .strictObject({ ...config, mandatoryDecisionGroups })
    .optional(),
});
