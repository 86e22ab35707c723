import {
  clusterAddressesSchema,
  environmentAddressesSchema,
} from './addressSchemas';
import { LABEL_KEY, LABEL_VALUE } from '../checkLabel';
import { z } from 'zod';
import {
  API_VERSION,
  type BlueprintFile,
  type ClusterFile,
  type ClusterSetFile,
  type EnvironmentFile,
  type HealthRulesFile,
} from '../../domain';
import {
  descriptionFields,
  entityRefSchema,
  environmentNameSchema,
  labelNameSchema,
  promotionSchema,
  replicasSchema,
} from './nameSchemas';
import {
  labelSelectorSchema,
  placementSchema,
  taintSchema,
} from './placementSchema';
import { amountsSchema } from '../score/scoreSchema';
import { changeCalendarSchema } from './changeCalendarSchema';
import { guardRailsSchema } from './guardRailsSchema';
import { PATCHABLE_FIELDS } from './patchSchema';
import { policySchema } from './policySchema';
import { prometheusSchema } from './prometheusSchema';
import { provisionerSchema } from './provisionerSchema';
import { rolloutSchema } from './rolloutSchema';

const apiVersion = z.literal(API_VERSION).describe('Version of this format.');
const named = z.strictObject({
  name: labelNameSchema.describe('Name by which other files refer to it.'),
  ...descriptionFields,
});

const environmentSchema: z.ZodType<EnvironmentFile> = z.strictObject({
  apiVersion,
  kind: z
    .literal('Environment')
    .describe('Where apps run, and how releases get there.'),
  metadata: z.strictObject({
    name: environmentNameSchema.describe('Name by which apps refer to it.'),
    ...descriptionFields,
  }),
  spec: z.strictObject({
    order: z
      .number()
      .describe(
        'Place among the environments, ascending. A push is released to the first.',
      ),
    promotion: promotionSchema
      .optional()
      .describe('How a release gets there. Apps can make it stricter only.'),
    placement: placementSchema.describe(
      'Which clusters its apps run on, and on how many. Apps can narrow it.',
    ),
    rollout: rolloutSchema
      .optional()
      .describe('In which waves a release is rolled out.'),
    builder: labelNameSchema
      .optional()
      .describe(
        'Name of who builds images; the default of the platform where omitted.',
      ),
    replicas: replicasSchema
      .optional()
      .describe(
        'Replicas of each workload on one cluster, unless the app says otherwise; 1 where omitted.',
      ),
    failoverAfterSeconds: z
      .int()
      .min(1)
      .optional()
      .describe(
        'Seconds that an app stays on a cluster that is out of contact before it moves; 300 where omitted.',
      ),
    addresses: environmentAddressesSchema
      .optional()
      .describe(
        'Where its apps answer to the world; by the exposure of clusters only where omitted.',
      ),
    changes: changeCalendarSchema
      .optional()
      .describe('When releases may reach its clusters; always where omitted.'),
    allows: z
      .strictObject({
        patches: z
          .array(z.enum(PATCHABLE_FIELDS))
          .max(PATCHABLE_FIELDS.length)
          .optional()
          .describe(
            'Fields that apps may patch; all that can be patched where omitted.',
          ),
        resources: z
          .strictObject({
            max: amountsSchema
              .optional()
              .describe(
                'The most that one container may ask for, or be limited to.',
              ),
          })
          .optional()
          .describe('CPU and memory of containers.'),
        replicas: z
          .strictObject({
            max: replicasSchema
              .min(1)
              .optional()
              .describe(
                'The most replicas of a workload, in app.yaml and by hand.',
              ),
          })
          .optional()
          .describe('How many replicas there may be.'),
      })
      .optional()
      .describe('What apps may say of it. A push that says more is refused.'),
  }),
});

const version = z.int().min(1);

const exposure = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('ClusterIP').describe('Within the cluster only.'),
  }),
  z.strictObject({
    type: z.literal('LoadBalancer').describe('At an address of its own.'),
  }),
  z.strictObject({
    type: z.literal('NodePort').describe('At a port of every node.'),
    host: z
      .string()
      .regex(/^[A-Za-z0-9.:[\]-]+$/, 'must be a host name or address')
      .describe('Host that people type; the cluster assigns the port.'),
  }),
]);

const labels = z.record(
  z.string().regex(LABEL_KEY, 'is not a valid label'),
  z.string().regex(LABEL_VALUE, 'is not a valid value of a label'),
);

const blueprintRefSchema = z.union([
  labelNameSchema.describe(
    'Name of a blueprint: the version that rollouts brought it to.',
  ),
  z
    .strictObject({
      name: labelNameSchema.describe('Name of the blueprint.'),
      version: version.describe('Version that the cluster stays on.'),
    })
    .describe('One version.'),
  z
    .strictObject({
      name: labelNameSchema.describe('Name of the blueprint.'),
      channel: labelNameSchema.describe('Channel whose versions it follows.'),
    })
    .describe('Versions of a channel.'),
]);

const clusterSchema: z.ZodType<ClusterFile> = z.strictObject({
  apiVersion,
  kind: z.literal('Cluster').describe('What the platform says of a cluster.'),
  metadata: z.strictObject({
    name: labelNameSchema.describe(
      'Name of the cluster, as pages and files call it.',
    ),
    ...descriptionFields,
    labels: labels.optional().describe('Labels by which placements select it.'),
  }),
  spec: z.strictObject({
    claims: z
      .record(z.string().min(1), z.string())
      .optional()
      .describe(
        'Facts by which placements select it, such as region or provider.',
      ),
    clusterSet: labelNameSchema
      .optional()
      .describe('Cluster set that it belongs to.'),
    taints: z
      .array(taintSchema)
      .optional()
      .describe('Keep away apps that do not tolerate them.'),
    blueprint: blueprintRefSchema
      .optional()
      .describe(
        'Blueprint that it runs; where omitted that of its cluster set, or of the followers of a blueprint.',
      ),
    exposure: exposure
      .optional()
      .describe('How its services are reached from outside.'),
    addresses: clusterAddressesSchema
      .optional()
      .describe('What it says otherwise of the addresses of apps.'),
    prometheus: prometheusSchema
      .optional()
      .describe('Who counts the requests of its apps; nobody where omitted.'),
    owner: entityRefSchema
      .optional()
      .describe('Who owns the cluster, such as group:default/platform.'),
  }),
});

const kubeObject = z.looseObject({
  apiVersion: z.string().min(1).describe('Group and version, such as apps/v1.'),
  kind: z.string().min(1).describe('Kind, such as Deployment.'),
  metadata: z.looseObject({
    name: z.string().min(1).describe('Name of the object.'),
    namespace: z
      .string()
      .min(1)
      .optional()
      .describe('Namespace of the object.'),
  }),
});

const followerSelector = labelSelectorSchema.describe(
  'Labels of the clusters.',
);

const blueprintSchema: z.ZodType<BlueprintFile> = z.strictObject({
  apiVersion,
  kind: z
    .literal('Blueprint')
    .describe('What clusters run below the apps, by version.'),
  metadata: named,
  spec: z.strictObject({
    version: version.describe(
      'Number of the version; each change of one that was active is a new one.',
    ),
    state: z
      .enum(['draft', 'active', 'deprecated', 'disabled'])
      .describe(
        'Rollouts bring clusters to active versions; deprecated ones run on where they are, disabled ones are refused.',
      ),
    channels: z
      .array(labelNameSchema)
      .max(20)
      .optional()
      .describe('Channels it is in: clusters follow them by name.'),
    followers: z
      .array(
        z.union([
          z.strictObject({
            clusterSelector: followerSelector,
            version: version.optional().describe('Version that they stay on.'),
          }),
          z.strictObject({
            clusterSelector: followerSelector,
            channel: labelNameSchema.describe(
              'Channel whose versions they follow.',
            ),
          }),
        ]),
      )
      .max(20)
      .optional()
      .describe(
        'Clusters that run it by their labels, where neither their files nor their cluster sets name a blueprint.',
      ),
    base: z
      .union([
        labelNameSchema.describe(
          'Its newest active version, at the time this one becomes active.',
        ),
        z
          .strictObject({
            name: labelNameSchema.describe('Name of the blueprint.'),
            version: version.describe('Version of it.'),
          })
          .describe('One version.'),
      ])
      .optional()
      .describe(
        'Blueprint whose add-ons it inherits; one of the same name replaces the inherited one.',
      ),
    drift: z
      .enum(['NotSet', 'DetectAndNotify', 'BlockAndNotify'])
      .optional()
      .describe(
        'What is done about objects of an add-on that others have changed.',
      ),
    apps: guardRailsSchema
      .optional()
      .describe(
        'What apps on its clusters are held to; a field takes the place of that of the base.',
      ),
    addons: z
      .array(
        z.strictObject({
          name: labelNameSchema.describe('Name of the add-on.'),
          description: z
            .string()
            .max(2000)
            .optional()
            .describe('What it is for.'),
          objects: z
            .array(kubeObject)
            .describe('Kubernetes objects, as they are applied.'),
        }),
      )
      .superRefine((addons, context) => {
        const seen = new Set<string>();
        addons.forEach(({ name }, index) => {
          if (seen.has(name)) {
            context.addIssue({
              code: 'custom',
              path: [index, 'name'],
              message: `the add-on "${name}" is given twice`,
            });
          }
          seen.add(name);
        });
      })
      .describe('What runs on each cluster of the blueprint.'),
  }),
});

const clusterSetSchema: z.ZodType<ClusterSetFile> = z.strictObject({
  apiVersion,
  kind: z.literal('ClusterSet').describe('Clusters that belong together.'),
  metadata: named,
  spec: z.strictObject({
    clusterSelector: labelSelectorSchema
      .optional()
      .describe('Labels of the clusters that belong to it.'),
    blueprint: blueprintRefSchema
      .optional()
      .describe('Blueprint of its clusters, where their own files name none.'),
  }),
});

const HEALTH_LIMITS = { rules: 200, kinds: 100, checks: 50, characters: 500 };
const sentences = (max: number) =>
  z.array(z.string().min(1).max(HEALTH_LIMITS.characters)).min(1).max(max);

const healthRulesSchema: z.ZodType<HealthRulesFile> = z.strictObject({
  apiVersion,
  kind: z
    .literal('HealthRules')
    .describe('How objects of some kinds are judged.'),
  metadata: named,
  spec: z.strictObject({
    rules: z
      .array(
        z.strictObject({
          kinds: sentences(HEALTH_LIMITS.kinds).describe(
            'Kinds it is for: group/Kind, group/* or *.group/*; /Pod for the core group.',
          ),
          checks: sentences(HEALTH_LIMITS.checks).describe(
            'Tests, the most decisive first, such as Degraded if Ready=False.',
          ),
        }),
      )
      .min(1)
      .max(HEALTH_LIMITS.rules)
      .describe('How objects of some kinds are judged.'),
  }),
});

/** The schema of each kind of platform file. */
export const PLATFORM_SCHEMAS = {
  Environment: environmentSchema,
  Blueprint: blueprintSchema,
  Cluster: clusterSchema,
  ClusterSet: clusterSetSchema,
  HealthRules: healthRulesSchema,
  Provisioner: provisionerSchema,
  Policy: policySchema,
} as const;
