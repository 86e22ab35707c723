import { z } from 'zod';
import type { AppConnection, WorkloadSettings } from '../../domain';
import { appNameSchema, labelNameSchema } from './nameSchemas';

const MOST_CONNECTIONS = 50;
const MOST_PORTS = 50;
const MOST_WORKLOADS = 50;
const LARGEST_USER = 2_147_483_647; // what a kernel counts to

const connectionSchema: z.ZodType<AppConnection> = z
  .strictObject({
    app: appNameSchema.optional(),
    cidr: z
      .union([z.cidrv4(), z.cidrv6()], 'must be a block such as "10.0.0.0/8"')
      .optional(),
    ports: z.array(z.int().min(1).max(65_535)).max(MOST_PORTS).optional(),
  })
  .refine(
    ({ app, cidr }) => (app === undefined) !== (cidr === undefined),
    'must name either "app" or "cidr"',
  );

const settingsSchema: z.ZodType<WorkloadSettings> = z.strictObject({
  podSecurity: z.enum(['restricted', 'baseline']).optional(),
  runAsUser: z.int().min(1).max(LARGEST_USER).optional(),
  serviceAccountToken: z.boolean().optional(),
  connections: z.array(connectionSchema).max(MOST_CONNECTIONS).optional(),
});

/** Settings by the name of the workload that they are for. */
export const deploySchema = z
  .record(labelNameSchema, settingsSchema)
  .refine(
    settings => Object.keys(settings).length <= MOST_WORKLOADS,
    `must name at most ${MOST_WORKLOADS} workloads`,
  );
