import { z } from 'zod';
import type {
  AddressTls,
  AddressVia,
  AppAddress,
  ClusterAddresses,
  EnvironmentAddresses,
} from '../../domain';
import { labelNameSchema } from './nameSchemas';

const LABELS = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const MOST_HOST = 240; // with "-tls" behind it, it is still the name of a Secret
const MOST_DOMAIN = MOST_HOST - 64; // the name of an app, or of its namespace, and a dot precede it
const MOST_HOSTS = 100;
const MOST_ADDRESSES = 20;

const domain = z
  .string()
  .max(MOST_DOMAIN)
  .regex(
    new RegExp(`^${LABELS}(?:\\.${LABELS})*$`),
    'must be a domain such as "apps.example.com", in small letters',
  );

const host = z
  .string()
  .max(MOST_HOST)
  .regex(
    new RegExp(`^${LABELS}(?:\\.${LABELS})+$`),
    'must be the name of a host such as "shop.example.com", in small letters',
  );

const hostPattern = z
  .string()
  .max(MOST_HOST)
  .regex(
    new RegExp(`^(?:\\*\\.)?${LABELS}(?:\\.${LABELS})+$`),
    'must be a host such as "www.example.com", or "*.example.com" for those one label below it',
  );

/** Only characters that need no escape, and no segments that lead elsewhere. */
const path = z
  .string()
  .max(1024)
  .regex(
    /^(?!.*(?:\/\/|\/\.{1,2}(?:\/|$)))\/[A-Za-z0-9._~:@=+/-]*$/,
    'must be a path such as "/api", without "//", ".", ".." and what would have to be escaped',
  );

const via: z.ZodType<AddressVia> = z.discriminatedUnion('type', [
  z
    .strictObject({
      type: z.literal('Gateway').describe('By HTTPRoutes of a gateway.'),
      name: labelNameSchema
        .optional()
        .describe(
          "Name of the Gateway; that of the cluster's blueprint where omitted.",
        ),
      namespace: labelNameSchema
        .optional()
        .describe('Namespace of the Gateway; default where omitted.'),
    })
    .refine(
      ({ name, namespace }) => name !== undefined || namespace === undefined,
      { path: ['name'], message: 'must be given beside "namespace"' },
    ),
  z.strictObject({
    type: z.literal('Ingress').describe('By Ingresses.'),
    class: labelNameSchema
      .optional()
      .describe(
        "Name of the IngressClass; that of the cluster's blueprint, else the cluster's default, where omitted.",
      ),
  }),
  z.strictObject({
    type: z
      .literal('LoadBalancer')
      .describe('By a load balancer of each workload that is addressed.'),
  }),
  z.strictObject({
    type: z.literal('NodePort').describe('By a port of every node.'),
  }),
]);

const tls: z.ZodType<AddressTls> = z.discriminatedUnion('type', [
  z.strictObject({
    type: z
      .literal('Platform')
      .describe("The gateway's listener, or what takes Ingresses, has it."),
  }),
  z.strictObject({
    type: z
      .literal('CertManager')
      .describe('cert-manager issues one for each host of an Ingress.'),
    issuer: labelNameSchema.describe('Name of the ClusterIssuer.'),
  }),
  z.strictObject({
    type: z.literal('None').describe('There is none: plain HTTP.'),
  }),
]);

type Said = { via?: AddressVia; tls?: AddressTls };

/** A certificate needs something that terminates TLS. */
function refuseUnusable(
  said: Said,
  context: z.core.$RefinementCtx<unknown>,
): void {
  const { type } = said.via ?? {};
  const wanted = said.tls?.type;
  const fault = (message: string) =>
    context.addIssue({ code: 'custom', path: ['tls', 'type'], message });
  if (type === 'Gateway' && wanted === 'CertManager')
    fault(
      'must be "Platform" or "None" beside a Gateway: its listeners have the certificates, which cert-manager can issue for the Gateway itself',
    );
  if (
    (type === 'LoadBalancer' || type === 'NodePort') &&
    wanted !== undefined &&
    wanted !== 'None'
  )
    fault(
      `must be "None" beside ${type}: nothing there but the app itself could end TLS`,
    );
}

const CERTIFICATE = 'Who has the certificate';

/** `spec.addresses` of an Environment. */
export const environmentAddressesSchema: z.ZodType<EnvironmentAddresses> = z
  .strictObject({
    domain: domain.describe('Each app answers at APP.DOMAIN.'),
    via: via.describe('How the world gets in.'),
    tls: tls.optional().describe(`${CERTIFICATE}; Platform where omitted.`),
    hosts: z
      .array(hostPattern)
      .max(MOST_HOSTS)
      .optional()
      .describe(
        'Hosts beyond its own that an app may ask for: www.example.com, or *.example.com for those one label below it. None where omitted.',
      ),
  })
  .superRefine(refuseUnusable);

/** `spec.addresses` of a Cluster. */
export const clusterAddressesSchema: z.ZodType<ClusterAddresses> = z
  .strictObject({
    domain: domain
      .optional()
      .describe('Each app there answers at APP--ENVIRONMENT.DOMAIN as well.'),
    via: via
      .optional()
      .describe(
        'How the world gets in there; as the environment says where omitted.',
      ),
    tls: tls
      .optional()
      .describe(`${CERTIFICATE}; as the environment says where omitted.`),
  })
  .superRefine(refuseUnusable);

/** `addresses` of an environment in app.yaml. */
export const appAddressesSchema: z.ZodType<AppAddress[]> = z
  .array(
    z.strictObject({
      host: host
        .optional()
        .describe(
          'Host at which it answers, one that the environment allows; APP.DOMAIN of the environment where omitted.',
        ),
      path: path
        .optional()
        .describe('Path below which it answers; / where omitted.'),
      workload: labelNameSchema
        .optional()
        .describe(
          "Workload that answers; the only one with a service, or the one with the app's name, where omitted.",
        ),
      port: z
        .union([z.string().min(1).max(63), z.int().min(1).max(65_535)])
        .optional()
        .describe(
          'Name or number of a port of its service; the only one, or the one called http, where omitted.',
        ),
    }),
  )
  .max(MOST_ADDRESSES);
