import { z } from 'zod';
import { type ClusterPrometheus, TRAFFIC_SOURCES } from '../../domain';
import { labelNameSchema } from './nameSchemas';

const MOST_MATCHERS = 10;

const url = z
  .string()
  .max(500)
  .regex(
    /^https?:\/\/[A-Za-z0-9.:[\]-]+(?:\/[A-Za-z0-9._~/-]*)?$/,
    'must be an address such as "https://prometheus.example.com", without a password and a query',
  )
  .refine(text => URL.canParse(text), 'is not an address');

/** Prometheus with the request counts of a cluster's apps. */
export const prometheusSchema: z.ZodType<ClusterPrometheus> = z
  .strictObject({
    url: url
      .optional()
      .describe(
        "Its address; the portal's configuration has to allow the host.",
      ),
    service: z
      .strictObject({
        namespace: labelNameSchema.describe('Namespace of the Service.'),
        name: labelNameSchema.describe('Name of the Service.'),
        port: z.int().min(1).max(65_535).describe('Port of the Service.'),
        scheme: z
          .enum(['http', 'https'])
          .optional()
          .describe('How it is spoken to; http where omitted.'),
      })
      .optional()
      .describe(
        'Its Service in place of an address: asked through the API server of the cluster.',
      ),
    credentials: labelNameSchema
      .optional()
      .describe(
        "Name of credentials in the portal's configuration; with an address alone.",
      ),
    sources: z
      .array(z.enum(TRAFFIC_SOURCES))
      .min(1)
      .max(TRAFFIC_SOURCES.length)
      .optional()
      .describe(
        'Who counts requests there, the one that is believed first; all where omitted.',
      ),
    matchers: z
      .record(
        z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'is not a label'),
        z.string().max(200),
      )
      .refine(
        matchers => Object.keys(matchers).length <= MOST_MATCHERS,
        `must be ${MOST_MATCHERS} at most`,
      )
      .optional()
      .describe(
        'Labels that its series must have, where it has those of several clusters.',
      ),
  })
  .superRefine((given, context) => {
    if ((given.url === undefined) === (given.service === undefined))
      context.addIssue({
        code: 'custom',
        message: 'must have either an address (url) or a service',
      });
    if (given.credentials !== undefined && given.url === undefined)
      context.addIssue({
        code: 'custom',
        path: ['credentials'],
        message:
          'belong to an address (url): a service is asked as the account that Callboard has on the cluster',
      });
  });
