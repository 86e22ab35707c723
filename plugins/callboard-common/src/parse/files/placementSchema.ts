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
    key: z.string().min(1),
    operator,
    values: z.array(z.string()).optional(),
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
  matchLabels: z.record(z.string().min(1), z.string()).optional(),
  matchExpressions: z.array(requirement).max(100).optional(),
});

const effect = z.enum(['NoSelect', 'PreferNoSelect', 'NoSelectIfNew']);

export const taintSchema: z.ZodType<Taint> = z.strictObject({
  key: z.string().min(1),
  value: z.string().optional(),
  effect,
  timeAdded: z.iso
    .datetime({
      offset: true,
      error: 'must be a time such as "2026-01-31T08:00:00Z"',
    })
    .optional(),
});

const toleration = z.strictObject({
  key: z.string().min(1).optional(),
  operator: z.enum(['Exists', 'Equal']).optional(),
  value: z.string().optional(),
  effect: effect.optional(),
  tolerationSeconds: z.int().optional(),
});

const predicate = z.strictObject({
  requiredClusterSelector: z
    .strictObject({
      labelSelector: labelSelectorSchema.optional(),
      claimSelector: z
        .strictObject({
          matchExpressions: z.array(requirement).max(100).optional(),
        })
        .optional(),
      celSelector: z
        .strictObject({
          celExpressions: z
            .array(z.string().min(1).max(4096))
            .max(20)
            .optional(),
        })
        .optional(),
    })
    .optional(),
});

const spreadConstraint = z.strictObject({
  topologyKey: z.string().min(1),
  topologyKeyType: z.enum(['Label', 'Claim']),
  maxSkew: z.int().min(1).optional(),
  whenUnsatisfiable: z.enum(['DoNotSchedule', 'ScheduleAnyway']).optional(),
});

const prioritizer = z.strictObject({
  scoreCoordinate: z.strictObject({
    type: z.enum(['BuiltIn', 'AddOn']).optional(),
    builtIn: z.string().optional(),
    addOn: z
      .strictObject({
        resourceName: z.string().min(1),
        scoreName: z.string().min(1),
      })
      .optional(),
  }),
  weight: z.int().min(-10).max(10).optional(),
});

const COUNT_RULE = 'must be a whole number, or a share from "0%" to "100%"';

/** A count such as 3, or a share such as "25%". */
export const countOrPercentSchema = z.union(
  [z.int().min(0), z.string().regex(/^(?:100|[1-9]?\d)%$/, COUNT_RULE)],
  COUNT_RULE,
);

const replicaScheduling = z.strictObject({
  replicaSchedulingType: z.enum(['Duplicated', 'Divided']).optional(),
  replicaDivisionPreference: z.enum(['Aggregated', 'Weighted']).optional(),
  weightPreference: z
    .strictObject({
      staticWeightList: z
        .array(
          z.strictObject({
            targetCluster: z.strictObject({
              clusterNames: z.array(z.string().min(1)).optional(),
              labelSelector: labelSelectorSchema.optional(),
            }),
            weight: z.int().min(0),
          }),
        )
        .optional(),
      dynamicWeight: z.enum(['AvailableReplicas']).optional(),
    })
    .optional(),
});

export const placementSchema: z.ZodType<PlacementSpec> = z.strictObject({
  clusterSets: z.array(z.string().min(1)).max(100).optional(),
  numberOfClusters: z.int().min(0).optional(),
  // Every pair of the platform's and the app's is judged for every cluster.
  predicates: z.array(predicate).max(50).optional(),
  tolerations: z.array(toleration).max(100).optional(),
  spreadPolicy: z
    .strictObject({
      spreadConstraints: z.array(spreadConstraint).max(8).optional(),
    })
    .optional(),
  prioritizerPolicy: z
    .strictObject({
      mode: z.enum(['Additive', 'Exact']).optional(),
      configurations: z.array(prioritizer).max(50).optional(),
    })
    .optional(),
  replicaScheduling: replicaScheduling.optional(),
  decisionStrategy: z
    .strictObject({
      groupStrategy: z
        .strictObject({
          decisionGroups: z
            .array(
              z.strictObject({
                groupName: z.string().optional(),
                groupClusterSelector: z
                  .strictObject({
                    labelSelector: labelSelectorSchema.optional(),
                  })
                  .optional(),
              }),
            )
            .optional(),
          clustersPerDecisionGroup: countOrPercentSchema.optional(),
        })
        .optional(),
    })
    .optional(),
});
