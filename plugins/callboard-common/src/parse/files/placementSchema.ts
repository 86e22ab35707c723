import { z } from 'zod';
import type {
  LabelSelector,
  PlacementSpec,
  SelectorRequirement,
  Taint,
} from '../../domain';

const operator = z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']);

const requirement: z.ZodType<SelectorRequirement> = z
  .strictObject({
    key: z.string().min(1).describe('Name of the label or claim.'),
    operator: operator.describe('How its value is compared.'),
    values: z.array(z.string()).optional().describe('Values for In and NotIn.'),
  })
  .superRefine(({ operator: op, values = [] }, context) => {
    const wantsValues = op === 'In' || op === 'NotIn';
    if (wantsValues !== values.length > 0) {
      context.addIssue({
        code: 'custom',
        path: ['values'],
        message: wantsValues
          ? `"${op}" needs at least one value`
          : `"${op}" takes no values`,
      });
    }
  });

export const labelSelectorSchema: z.ZodType<LabelSelector> = z.strictObject({
  matchLabels: z
    .record(z.string().min(1), z.string())
    .optional()
    .describe('Labels that have to be equal.'),
  matchExpressions: z
    .array(requirement)
    .max(100)
    .optional()
    .describe('Conditions of labels, all of which have to hold.'),
});

const effect = z.enum(['NoSelect', 'PreferNoSelect', 'NoSelectIfNew']);

export const taintSchema: z.ZodType<Taint> = z.strictObject({
  key: z.string().min(1).describe('Name of the taint.'),
  value: z.string().optional().describe('Value of the taint.'),
  effect: effect.describe(
    'NoSelect keeps apps away, PreferNoSelect where there are other clusters, NoSelectIfNew only new apps.',
  ),
  timeAdded: z.iso
    .datetime({
      offset: true,
      error: 'must be a time such as "2026-01-31T08:00:00Z"',
    })
    .optional()
    .describe('Since when it is there, such as 2026-01-31T08:00:00Z.'),
});

const toleration = z.strictObject({
  key: z
    .string()
    .min(1)
    .optional()
    .describe('Name of the taint; every one where omitted.'),
  operator: z
    .enum(['Exists', 'Equal'])
    .optional()
    .describe('How the value is compared; Equal where omitted.'),
  value: z.string().optional().describe('Value of the taint.'),
  effect: effect
    .optional()
    .describe('Effect of the taint; every one where omitted.'),
  tolerationSeconds: z
    .int()
    .optional()
    .describe('For how long the taint is tolerated; for ever where omitted.'),
});

const predicate = z.strictObject({
  requiredClusterSelector: z
    .strictObject({
      labelSelector: labelSelectorSchema
        .optional()
        .describe('By labels of the cluster.'),
      claimSelector: z
        .strictObject({
          matchExpressions: z
            .array(requirement)
            .max(100)
            .optional()
            .describe('Conditions of claims, all of which have to hold.'),
        })
        .optional(),
      celSelector: z
        .strictObject({
          celExpressions: z
            .array(z.string().min(1).max(4096))
            .max(20)
            .optional()
            .describe(
              'Expressions in CEL over the cluster, all of which have to be true.',
            ),
        })
        .optional(),
    })
    .optional(),
});

const spreadConstraint = z.strictObject({
  topologyKey: z
    .string()
    .min(1)
    .describe('Label or claim whose values are spread over, such as region.'),
  topologyKeyType: z
    .enum(['Label', 'Claim'])
    .describe('Whether it is a label or a claim.'),
  maxSkew: z
    .int()
    .min(1)
    .optional()
    .describe('By how many clusters two values may differ; 1 where omitted.'),
  whenUnsatisfiable: z
    .enum(['DoNotSchedule', 'ScheduleAnyway'])
    .optional()
    .describe('Whether this has to hold, or is tried; tried where omitted.'),
});

const prioritizer = z.strictObject({
  scoreCoordinate: z.strictObject({
    type: z
      .enum(['BuiltIn', 'AddOn'])
      .optional()
      .describe('Whose score it is; BuiltIn where omitted.'),
    builtIn: z
      .string()
      .optional()
      .describe(
        'Name of a built-in score, such as Steady, Balance or ResourceAllocatableMemory.',
      ),
    addOn: z
      .strictObject({
        resourceName: z
          .string()
          .min(1)
          .describe('Name of the AddOnPlacementScore.'),
        scoreName: z.string().min(1).describe('Name of the score in it.'),
      })
      .optional(),
  }),
  weight: z
    .int()
    .min(-10)
    .max(10)
    .optional()
    .describe('How much it counts, from -10 to 10.'),
});

const COUNT_RULE = 'must be a whole number, or a share from "0%" to "100%"';

/** A count such as 3, or a share such as "25%". */
export const countOrPercentSchema = z.union(
  [z.int().min(0), z.string().regex(/^(?:100|[1-9]?\d)%$/, COUNT_RULE)],
  COUNT_RULE,
);

const replicaScheduling = z.strictObject({
  replicaSchedulingType: z
    .enum(['Duplicated', 'Divided'])
    .optional()
    .describe(
      'All replicas on every cluster, or divided over them; divided where omitted.',
    ),
  replicaDivisionPreference: z
    .enum(['Aggregated', 'Weighted'])
    .optional()
    .describe('On few clusters, or by weights; by weights where omitted.'),
  weightPreference: z
    .strictObject({
      staticWeightList: z
        .array(
          z.strictObject({
            targetCluster: z.strictObject({
              clusterNames: z
                .array(z.string().min(1))
                .optional()
                .describe('Names of clusters.'),
              labelSelector: labelSelectorSchema.optional(),
            }),
            weight: z
              .int()
              .min(0)
              .describe(
                'Share of these clusters, relative to the other weights.',
              ),
          }),
        )
        .optional()
        .describe('Weights that are given to clusters.'),
      dynamicWeight: z
        .enum(['AvailableReplicas'])
        .optional()
        .describe('Weights by what is free on each cluster.'),
    })
    .optional(),
});

export const placementSchema: z.ZodType<PlacementSpec> = z.strictObject({
  clusterSets: z
    .array(z.string().min(1))
    .max(100)
    .optional()
    .describe('Cluster sets that clusters are taken from; all where omitted.'),
  numberOfClusters: z
    .int()
    .min(0)
    .optional()
    .describe('How many clusters; all that fit where nobody says.'),
  // Every pair of the platform's and the app's is evaluated for every cluster.
  predicates: z
    .array(predicate)
    .max(50)
    .optional()
    .describe('Clusters that fit: those that one of these selects.'),
  tolerations: z
    .array(toleration)
    .max(100)
    .optional()
    .describe('Taints of clusters that do not keep the app away.'),
  spreadPolicy: z
    .strictObject({
      spreadConstraints: z
        .array(spreadConstraint)
        .max(8)
        .optional()
        .describe('Over what the clusters are spread.'),
    })
    .optional(),
  prioritizerPolicy: z
    .strictObject({
      mode: z
        .enum(['Additive', 'Exact'])
        .optional()
        .describe(
          'Whether these scores are added to the defaults, or are all that count.',
        ),
      configurations: z
        .array(prioritizer)
        .max(50)
        .optional()
        .describe('Scores, and how much each of them counts.'),
    })
    .optional(),
  replicaScheduling: replicaScheduling
    .optional()
    .describe('How replicas are divided over the clusters.'),
  decisionStrategy: z
    .strictObject({
      groupStrategy: z
        .strictObject({
          decisionGroups: z
            .array(
              z.strictObject({
                groupName: z.string().optional().describe('Name of the group.'),
                groupClusterSelector: z
                  .strictObject({
                    labelSelector: labelSelectorSchema.optional(),
                  })
                  .optional(),
              }),
            )
            .optional()
            .describe(
              'Groups of clusters, in the order in which they get a release.',
            ),
          clustersPerDecisionGroup: countOrPercentSchema
            .optional()
            .describe(
              'How many clusters a group has at most: a number or a share.',
            ),
        })
        .optional(),
    })
    .optional(),
});
