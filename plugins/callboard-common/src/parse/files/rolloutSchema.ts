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
  minSuccessTime: duration
    .optional()
    .describe(
      'How long a cluster must be healthy with a release before the next wave, such as 5m.',
    ),
  progressDeadline: duration
    .optional()
    .describe(
      'After which time a cluster that is not healthy has failed, such as 10m.',
    ),
  maxFailures: countOrPercentSchema
    .optional()
    .describe(
      'How many clusters may fail before the rollout stops: a number or a share.',
    ),
};

const mandatoryDecisionGroups = z
  .array(
    z.strictObject({
      groupName: z.string().optional().describe('Name of a decision group.'),
      groupIndex: z
        .int()
        .min(0)
        .optional()
        .describe('Place of a decision group, counted from 0.'),
    }),
  )
  .optional()
  .describe('Decision groups that come first and must succeed.');

export const rolloutSchema: z.ZodType<RolloutSpec> = z.strictObject({
  type: z
    .enum(['All', 'Progressive', 'ProgressivePerGroup'])
    .describe(
      'All clusters at once, some at a time, or one decision group after the other.',
    ),
  all: z.strictObject(config).optional().describe('Settings of type All.'),
  progressive: z
    .strictObject({
      ...config,
      maxConcurrency: countOrPercentSchema
        .optional()
        .describe(
          'How many clusters are changed at a time: a number or a share.',
        ),
      mandatoryDecisionGroups,
    })
    .optional()
    .describe('Settings of type Progressive.'),
  progressivePerGroup: z
    .strictObject({ ...config, mandatoryDecisionGroups })
    .optional()
    .describe('Settings of type ProgressivePerGroup.'),
});
