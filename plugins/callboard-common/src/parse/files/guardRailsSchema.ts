import { z } from 'zod';
import {
  type GuardRails,
  type LimitAmounts,
  QUOTA_RESOURCES,
  SERVICE_TYPES,
} from '../../domain';
import { amountsSchema } from '../score/scoreSchema';

const MOST_REGISTRIES = 50;
const QUANTITY = /^\d{1,15}(?:\.\d{1,3})?(?:m|k|[KMGTP]i?)?$/;
const REGISTRY =
  /^[a-z\d](?:[a-z\d.-]{0,251}[a-z\d])?(?::\d{1,5})?(?:\/[a-z\d._-]{1,100}){0,8}$/;

const amounts: z.ZodType<LimitAmounts> = amountsSchema;

/** Guard rails for apps on the clusters of a blueprint. */
export const guardRailsSchema: z.ZodType<GuardRails> = z.strictObject({
  podSecurity: z
    .enum(['baseline', 'restricted'])
    .optional()
    .describe(
      'Level of the Pod Security Standards that is enforced at least; what each app says where omitted.',
    ),
  network: z
    .literal('default-deny')
    .optional()
    .describe(
      'Pods have no traffic but what a network policy allows; those of apps are made from what they declare.',
    ),
  quota: z
    .partialRecord(
      z.enum(QUOTA_RESOURCES),
      z.string().regex(QUANTITY, 'must be an amount such as "20" or "4Gi"'),
    )
    .optional()
    .describe('The most that each app in each environment may take.'),
  containers: z
    .strictObject({
      default: amounts
        .optional()
        .describe('Limits of containers that have none.'),
      defaultRequest: amounts
        .optional()
        .describe('Requests of containers that have none.'),
      max: amounts.optional().describe('The most that a container may have.'),
      min: amounts
        .optional()
        .describe('The least that a container may request.'),
    })
    .optional()
    .describe('Limits of each container, as a LimitRange has them.'),
  registries: z
    .array(
      z
        .string()
        .regex(
          REGISTRY,
          'must be a registry such as "registry.example.org", or a part of one such as "ghcr.io/acme"',
        ),
    )
    .min(1)
    .max(MOST_REGISTRIES)
    .optional()
    .describe(
      'Where images that apps name come from; images that Callboard builds are let in.',
    ),
  serviceTypes: z
    .array(z.enum(SERVICE_TYPES))
    .min(1)
    .max(SERVICE_TYPES.length)
    .optional()
    .describe('Types that services may have; all where omitted.'),
});
