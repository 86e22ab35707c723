import { z } from 'zod';
import { API_VERSION, type AppFile } from '../../domain';
import { appAddressesSchema } from './addressSchemas';
import { amountsSchema, variableName } from '../score/scoreSchema';
import {
  appNameSchema,
  descriptionFields,
  entityRefSchema,
  environmentNameSchema,
  labelNameSchema,
  promotionSchema,
  replicasSchema,
} from './nameSchemas';
import { labelSelectorSchema, placementSchema } from './placementSchema';
import { patchesSchema } from './patchSchema';
import { rolloutSchema } from './rolloutSchema';
import { autoscalingSchema, deploySchema } from './workloadSettingsSchema';

const requirements = z
  .strictObject({
    blueprint: labelNameSchema
      .optional()
      .describe('Blueprint that a cluster runs, or inherits from.'),
  })
  .describe('What a cluster must have before the app may run there.');

const MOST_VARIABLES = 200;
const MOST_OVERRIDES_OF_VARIABLES = 50; // in all environments: each is rendered for the check

const variables = z
  .record(
    labelNameSchema,
    z.record(labelNameSchema, z.record(variableName, z.string())),
  )
  .refine(
    ofWorkloads =>
      Object.values(ofWorkloads)
        .flatMap(ofContainers => Object.values(ofContainers))
        .reduce((sum, each) => sum + Object.keys(each).length, 0) <=
      MOST_VARIABLES,
    `must have at most ${MOST_VARIABLES} variables`,
  );

const MOST_PATCH_CHARACTERS = 64_000; // in all environments; annotations of one object can have 256 KiB
const MOST_NAMED = 50; // the largest number of workloads, and of containers of one

const byName = <T extends z.ZodType>(schema: T) =>
  z
    .record(labelNameSchema, schema)
    .refine(
      named => Object.keys(named).length <= MOST_NAMED,
      `must have at most ${MOST_NAMED} names`,
    );

const resources = byName(
  byName(
    z.strictObject({
      requests: amountsSchema
        .optional()
        .describe('What the container gets at least.'),
      limits: amountsSchema
        .optional()
        .describe('What the container gets at most.'),
    }),
  ),
);

const environment = z.strictObject({
  name: environmentNameSchema.describe(
    'Name of an environment of the platform, or of one that the app adds.',
  ),
  promotion: promotionSchema
    .optional()
    .describe(
      'How a release gets there. A promotion of the platform can be made stricter only.',
    ),
  requires: requirements.optional(),
  placement: placementSchema
    .optional()
    .describe(
      'Which clusters, and how many. It narrows what the platform says.',
    ),
  rollout: rolloutSchema
    .optional()
    .describe(
      'In which waves a release is rolled out; as the platform says where omitted.',
    ),
  overrides: z
    .array(
      z.strictObject({
        clusters: labelSelectorSchema.describe(
          'Clusters for which this counts.',
        ),
        replicas: replicasSchema
          .optional()
          .describe('Replicas of each workload on such a cluster.'),
        variables: variables
          .optional()
          .describe(
            'Variables by workload, container and name: beside those of score.yaml, and in place of them.',
          ),
        resources: resources
          .optional()
          .describe(
            'CPU and memory by workload and container, each in place of that of score.yaml.',
          ),
        autoscaling: byName(autoscalingSchema.nullable())
          .optional()
          .describe(
            'Autoscaling by workload, in place of that of spec.deploy; null is a fixed number.',
          ),
        patches: byName(patchesSchema)
          .optional()
          .describe(
            'Fields of Kubernetes by workload and kind, for what nothing else here says.',
          ),
      }),
    )
    .max(100)
    .optional()
    .describe(
      'What is different on some clusters. Of several that select a cluster the last one counts.',
    ),
  replicas: replicasSchema
    .optional()
    .describe('Replicas of each workload on one cluster.'),
  addresses: appAddressesSchema
    .optional()
    .describe(
      'Where it answers to the world, within what the environment allows; at its own name where omitted, nowhere for an empty list.',
    ),
});

// Paths inside the repository only.
const repositoryPath = z
  .string()
  .min(1)
  .refine(
    path => !path.startsWith('/') && !path.split(/[\\/]/).includes('..'),
    'must be a path inside the repository',
  );

const buildCommand = z
  .union([z.string().trim().min(1).max(1_000), z.literal(false)])
  .optional()
  .describe(
    'The build step, a line for the shell, such as "npm run build:web"; false: none is run. The script "build" of package.json where omitted.',
  );

export const appFileSchema: z.ZodType<AppFile> = z.strictObject({
  apiVersion: z.literal(API_VERSION).describe('Version of this format.'),
  kind: z
    .literal('App')
    .describe('What Callboard knows of an app beside its workloads.'),
  metadata: z.strictObject({
    name: appNameSchema.describe('Name of the app; the one it is pushed to.'),
    ...descriptionFields,
  }),
  spec: z.strictObject({
    owner: entityRefSchema
      .optional()
      .describe(
        'Who owns the app, such as group:default/payments; who pushed it first where omitted.',
      ),
    system: z
      .string()
      .min(1)
      .optional()
      .describe('System of the catalog that the app is part of.'),
    workloads: z
      .array(repositoryPath)
      .min(1)
      .max(50)
      .optional()
      .describe(
        'Paths of its Score files; every score.yaml of the repository where omitted.',
      ),
    requires: requirements
      .optional()
      .describe('Counts in every environment that does not say otherwise.'),
    deploy: deploySchema
      .optional()
      .describe(
        'How its workloads are deployed, by their names, where the defaults do not fit.',
      ),
    build: z
      .strictObject({
        command: buildCommand,
        folders: z
          .record(
            z
              .string()
              .regex(
                /^(?!\.{0,2}\/|\.+$)[^\s\\]{1,200}$/,
                'must be a folder of the repository, such as services/api',
              ),
            z.strictObject({ command: buildCommand }),
          )
          .optional()
          .describe(
            'The same for folders that containers name as their image, such as services/api for "./services/api".',
          ),
      })
      .optional()
      .describe('How pushed code becomes what runs.'),
    environments: z
      .array(environment)
      .max(50)
      .superRefine((environments, context) => {
        const all = environments.flatMap(each => each.overrides ?? []);
        const overrides = all.filter(each => each.variables !== undefined);
        if (overrides.length > MOST_OVERRIDES_OF_VARIABLES)
          context.addIssue({
            code: 'custom',
            message: `at most ${MOST_OVERRIDES_OF_VARIABLES} overrides may have variables, there are ${overrides.length}`,
          });
        const characters = JSON.stringify(
          all.flatMap(({ patches }) => patches ?? []),
        ).length;
        if (characters > MOST_PATCH_CHARACTERS)
          context.addIssue({
            code: 'custom',
            message: `the patches of all overrides may have at most ${MOST_PATCH_CHARACTERS} characters together, they have ${characters}`,
          });
        const seen = new Set<string>();
        environments.forEach(({ name }, index) => {
          if (seen.has(name)) {
            context.addIssue({
              code: 'custom',
              path: [index, 'name'],
              message: `the environment "${name}" is given twice`,
            });
          }
          seen.add(name);
        });
      })
      .optional()
      .describe(
        'What is different in an environment, and environments of its own.',
      ),
  }),
});
