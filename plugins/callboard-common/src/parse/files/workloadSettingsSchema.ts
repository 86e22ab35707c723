import { z } from 'zod';
import type {
  AppConnection,
  Autoscaling,
  WorkloadKind,
  WorkloadSettings,
} from '../../domain';
import { isTimeZone, parseSchedule } from '../../schedule';
import { appNameSchema, labelNameSchema, replicasSchema } from './nameSchemas';

const MOST_CONNECTIONS = 50;
const MOST_PORTS = 50;
const MOST_WORKLOADS = 50;
const LARGEST_USER = 2_147_483_647; // what a kernel counts to

const connectionSchema: z.ZodType<AppConnection> = z
  .strictObject({
    app: appNameSchema.optional().describe('App in the same environment.'),
    cidr: z
      .union([z.cidrv4(), z.cidrv6()], 'must be a block such as "10.0.0.0/8"')
      .optional()
      .describe(
        'Block of addresses, such as 10.0.0.0/8; 0.0.0.0/0 is everybody.',
      ),
    ports: z
      .array(z.int().min(1).max(65_535))
      .max(MOST_PORTS)
      .optional()
      .describe('TCP ports; all where omitted.'),
  })
  .refine(
    ({ app, cidr }) => (app === undefined) !== (cidr === undefined),
    'must name either "app" or "cidr"',
  );

/** A schedule that clusters accept. */
const scheduleSchema = z
  .string()
  .max(100)
  .refine(
    text => parseSchedule(text) !== undefined,
    'must be five fields such as "30 4 * * *", or one of "@hourly", "@daily", "@weekly", "@monthly", "@yearly"',
  );

const percentSchema = z.int().min(1).max(1_000); // of what is requested, and a container may use more than that

export const autoscalingSchema: z.ZodType<Autoscaling> = z
  .strictObject({
    min: replicasSchema.min(1).describe('The fewest replicas.'),
    max: replicasSchema.min(1).describe('The most replicas.'),
    cpu: percentSchema
      .optional()
      .describe(
        'Percent of the CPU that its containers request, on average over its replicas.',
      ),
    memory: percentSchema
      .optional()
      .describe(
        'Percent of the memory that its containers request, on average over its replicas.',
      ),
    metric: z
      .strictObject({
        name: z
          .string()
          .max(253)
          .regex(
            /^[A-Za-z0-9](?:[-_./:A-Za-z0-9]*[A-Za-z0-9])?$/,
            'must be the name of a metric such as "http_requests_per_second"',
          )
          .describe('Name of the metric, as the cluster knows it.'),
        average: z
          .string()
          .regex(
            /^[1-9]\d{0,14}(?:m|k|M|G|Ki|Mi|Gi)?$/,
            'must be an amount such as "100", "500m" or "2k"',
          )
          .describe('What each replica should have of it on average.'),
      })
      .optional()
      .describe('A metric of its pods.'),
  })
  .refine(({ min, max }) => min <= max, {
    path: ['max'],
    message: 'must be at least "min"',
  })
  .refine(
    ({ cpu, memory, metric }) => (cpu ?? memory ?? metric) !== undefined,
    'must say what it measures: "cpu", "memory" or "metric"',
  );

/** Fields that only some kinds have. */
const FIELDS_OF_KINDS: Array<[keyof WorkloadSettings, WorkloadKind[]]> = [
  ['runs', ['Job']],
  ['schedule', ['CronJob']],
  ['timeZone', ['CronJob']],
  ['retries', ['Job', 'CronJob']],
  ['deadlineSeconds', ['Job', 'CronJob']],
  ['autoscaling', ['Deployment', 'StatefulSet']],
];
/** Fields that a kind must have. */
const NEEDED: Partial<Record<WorkloadKind, keyof WorkloadSettings>> = {
  Job: 'runs',
  CronJob: 'schedule',
};
const WHY_NEEDED: Partial<Record<WorkloadKind, string>> = {
  Job: 'a Job says when it runs: "before-release" or "after-release"',
  CronJob: 'a CronJob says when it runs, such as "30 4 * * *"',
};

const settingsSchema: z.ZodType<WorkloadSettings> = z
  .strictObject({
    kind: z
      .enum(['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job'])
      .optional()
      .describe('What makes and keeps its pods; Deployment where omitted.'),
    runs: z
      .enum(['before-release', 'after-release'])
      .optional()
      .describe('When a Job runs, once per release and environment.'),
    schedule: scheduleSchema
      .optional()
      .describe(
        'When a CronJob runs: minute, hour, day of month, month, day of week.',
      ),
    timeZone: z
      .string()
      .max(100)
      .regex(/^[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+)*$/, {
        error: 'must be a name such as "Europe/Berlin"',
        abort: true,
      })
      .refine(
        isTimeZone,
        'must be a time zone that is known, such as "Europe/Berlin"',
      )
      .optional()
      .describe(
        "Time zone of the schedule, such as Europe/Berlin; the cluster's where omitted.",
      ),
    retries: z
      .int()
      .min(0)
      .max(100)
      .optional()
      .describe(
        'How often a Job or a CronJob is tried again; 3 where omitted.',
      ),
    deadlineSeconds: z
      .int()
      .min(1)
      .max(604_800)
      .optional()
      .describe(
        'Seconds after which a Job or a run of a CronJob is ended and has failed.',
      ),
    podSecurity: z
      .enum(['restricted', 'baseline'])
      .optional()
      .describe(
        'Level of the Pod Security Standards that its pods keep; restricted where omitted.',
      ),
    runAsUser: z
      .int()
      .min(1)
      .max(LARGEST_USER)
      .optional()
      .describe(
        'Number of the user that its containers run as; 65532 where omitted.',
      ),
    serviceAccountToken: z
      .boolean()
      .optional()
      .describe(
        'Whether its containers get a token for the API of their cluster; they get none where omitted.',
      ),
    connections: z
      .array(connectionSchema)
      .max(MOST_CONNECTIONS)
      .optional()
      .describe(
        'Whom it calls beside its own app; other traffic out of it is denied.',
      ),
    autoscaling: autoscalingSchema
      .optional()
      .describe(
        'How many replicas a Deployment or StatefulSet has by its load; a fixed number where omitted.',
      ),
  })
  .superRefine((settings, context) => {
    const { kind = 'Deployment' } = settings;
    for (const [field, kinds] of FIELDS_OF_KINDS) {
      if (settings[field] !== undefined && !kinds.includes(kind))
        context.addIssue({
          code: 'custom',
          path: [field],
          message: `only ${kinds.join(' and ')} ${
            kinds.length > 1 ? 'have' : 'has'
          } it; this is a ${kind}`,
        });
    }
    const needed = NEEDED[kind];
    if (needed !== undefined && settings[needed] === undefined)
      context.addIssue({
        code: 'custom',
        path: [needed],
        message: WHY_NEEDED[kind] ?? '',
      });
  });

/** Settings by the name of the workload that they are for. */
export const deploySchema = z
  .record(labelNameSchema, settingsSchema)
  .refine(
    settings => Object.keys(settings).length <= MOST_WORKLOADS,
    `must name at most ${MOST_WORKLOADS} workloads`,
  );
