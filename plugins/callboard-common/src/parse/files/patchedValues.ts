import { z } from 'zod';
import { labelNameSchema } from './nameSchemas';

const SHARE_RULE =
  'must be a whole number up to 1000, or a share from "0%" to "100%"';
const share = z.union(
  [
    z.int().min(0).max(1000),
    z.string().regex(/^(?:100|[1-9]?\d)%$/, SHARE_RULE),
  ],
  SHARE_RULE,
);
const isNone = (value: unknown) => value === 0 || value === '0%';
export const shareAboveNone = share.refine(
  value => !isNone(value),
  'must be more than none, else nothing would ever be replaced',
);

export const seconds = (min: number, max: number) => z.int().min(min).max(max);
export const LONGEST_MIN_READY = 599; // a rollout that waits longer than its deadline has failed
export const minReadySeconds = seconds(0, LONGEST_MIN_READY);
export const revisionHistoryLimit = z.int().min(0).max(100);

// Not `Recreate`: applying it is refused because of the rollingUpdate that the API server
// filled in.
const rollingUpdate = z
  .literal('RollingUpdate')
  .optional()
  .describe('One after another.');

export const deploymentStrategy = z.strictObject({
  type: rollingUpdate,
  rollingUpdate: z
    .strictObject({
      maxSurge: share
        .optional()
        .describe('How many more there may be meanwhile; 25% where omitted.'),
      maxUnavailable: share
        .optional()
        .describe('How many may be missing meanwhile; 25% where omitted.'),
    })
    .refine(
      ({ maxSurge, maxUnavailable }) =>
        !(isNone(maxSurge) && isNone(maxUnavailable)),
      '"maxSurge" and "maxUnavailable" cannot both be none, else nothing would ever be replaced',
    )
    .optional()
    .describe('How one after another is meant.'),
});

export const daemonSetStrategy = z.strictObject({
  type: rollingUpdate,
  rollingUpdate: z
    .strictObject({
      maxUnavailable: shareAboveNone
        .optional()
        .describe('On how many nodes it may be missing meanwhile.'),
    })
    .optional()
    .describe('How one after another is meant.'),
});

const timings = {
  initialDelaySeconds: seconds(0, 3600)
    .optional()
    .describe('Seconds after the start before it is asked.'),
  periodSeconds: seconds(1, 3600)
    .optional()
    .describe('Seconds from one question to the next.'),
  timeoutSeconds: seconds(1, 600)
    .optional()
    .describe('Seconds that an answer may take.'),
  failureThreshold: z
    .int()
    .min(1)
    .max(1000)
    .optional()
    .describe('After how many failures in a row it counts as failed.'),
};

export const containers = z
  .record(
    labelNameSchema,
    z.strictObject({
      livenessProbe: z
        .strictObject(timings)
        .optional()
        .describe('When it is asked whether it is alive.'),
      readinessProbe: z
        .strictObject({
          ...timings,
          successThreshold: z
            .int()
            .min(1)
            .max(100)
            .optional()
            .describe('After how many successes in a row it counts as ready.'),
        })
        .optional()
        .describe('When it is asked whether it can serve.'),
      startupProbe: z
        .strictObject(timings)
        .optional()
        .describe(
          'When a container for which others wait is asked whether it is healthy.',
        ),
    }),
  )
  .refine(
    named => Object.keys(named).length <= 50,
    'must name at most 50 containers',
  );

export const scaling = z.strictObject({
  stabilizationWindowSeconds: seconds(0, 3600)
    .optional()
    .describe('Seconds of the past that are looked at, against ups and downs.'),
  selectPolicy: z
    .enum(['Max', 'Min', 'Disabled'])
    .optional()
    .describe('Which policy counts; the one that changes most where omitted.'),
  policies: z
    .array(
      z.strictObject({
        type: z
          .enum(['Pods', 'Percent'])
          .describe(
            'Whether value is a number, or percent of those there are.',
          ),
        value: z
          .int()
          .min(1)
          .max(10_000)
          .describe('By how many it changes at most.'),
        periodSeconds: seconds(1, 1800).describe('Within how many seconds.'),
      }),
    )
    .min(1)
    .max(10)
    .optional()
    .describe('How fast it changes.'),
});
