import { z } from 'zod';
import { LABEL_KEY, LABEL_VALUE } from '../checkLabel';

const MOST = 20; // of each list; people write two or three

const key = z.string().regex(LABEL_KEY, 'is not a valid label');
const value = z.string().regex(LABEL_VALUE, 'is not a valid value of a label');
const weight = z
  .int()
  .min(1)
  .max(100)
  .describe('How much it counts, from 1 to 100.');

const CONTROL_PLANE = /^node-role\.kubernetes\.io\/(?:control-plane|master)$/;

const toleration = z
  .strictObject({
    key: z
      .string()
      .regex(LABEL_KEY, 'must be the key of a taint')
      .describe('Key of the taint.'),
    operator: z
      .enum(['Exists', 'Equal'])
      .optional()
      .describe('How the value is compared; Equal where omitted.'),
    value: value.optional().describe('Value of the taint.'),
    effect: z
      .enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute'])
      .optional()
      .describe('Effect of the taint; every one where omitted.'),
    tolerationSeconds: z
      .int()
      .min(0)
      .max(604_800)
      .optional()
      .describe('For how long NoExecute is tolerated; for ever where omitted.'),
  })
  .superRefine((given, context) => {
    const refuse = (
      field: keyof typeof given,
      message: string,
      next: string,
    ): void =>
      context.addIssue({
        code: 'custom',
        path: [field],
        message,
        params: { next },
      });
    if (CONTROL_PLANE.test(given.key))
      refuse(
        'key',
        'apps do not run on the nodes of the control plane',
        'Remove the toleration',
      );
    if (given.operator === 'Exists' && (given.value ?? '') !== '')
      refuse('value', '"Exists" takes no value', 'Remove the value');
    if (given.tolerationSeconds !== undefined && given.effect !== 'NoExecute')
      refuse(
        'tolerationSeconds',
        'only "NoExecute" is tolerated for a time',
        'Write "effect: NoExecute", or remove it',
      );
  });

export const tolerationsSchema = z.array(toleration).max(MOST);

function requirementOf(operators: readonly [string, ...string[]]) {
  return z
    .strictObject({
      key: key.describe('Name of the label.'),
      operator: z.enum(operators).describe('How its value is compared.'),
      values: z
        .array(value)
        .max(MOST)
        .optional()
        .describe('Values that it is compared with.'),
    })
    .superRefine(({ operator, values = [] }, context) => {
      const fault = findValuesFault(operator, values);
      if (fault !== undefined)
        context.addIssue({ code: 'custom', path: ['values'], message: fault });
    });
}

function findValuesFault(
  operator: string,
  values: readonly string[],
): string | undefined {
  switch (operator) {
    case 'Exists':
    case 'DoesNotExist':
      return values.length === 0 ? undefined : `"${operator}" takes no values`;
    case 'Gt':
    case 'Lt':
      return values.length === 1 && /^\d{1,9}$/.test(values[0])
        ? undefined
        : `"${operator}" needs one whole number in quotes`;
    default:
      return values.length > 0
        ? undefined
        : `"${operator}" needs at least one value`;
  }
}

const nodeTerm = z.strictObject({
  matchExpressions: z
    .array(requirementOf(['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt']))
    .min(1)
    .max(MOST)
    .describe('Conditions of labels of a node, all of which have to hold.'),
});

const podTerm = z.strictObject({
  topologyKey: key.describe(
    'Label of nodes; those with the same value are one place, such as kubernetes.io/hostname.',
  ),
  labelSelector: z
    .strictObject({
      matchLabels: z
        .record(key, value)
        .optional()
        .describe('Labels that have to be equal.'),
      matchExpressions: z
        .array(requirementOf(['In', 'NotIn', 'Exists', 'DoesNotExist']))
        .max(MOST)
        .optional()
        .describe('Conditions of labels, all of which have to hold.'),
    })
    .describe('Pods of the same app and environment.'),
});

const podRules = z.strictObject({
  requiredDuringSchedulingIgnoredDuringExecution: z
    .array(podTerm)
    .max(MOST)
    .optional()
    .describe('What has to hold.'),
  preferredDuringSchedulingIgnoredDuringExecution: z
    .array(
      z.strictObject({
        weight,
        podAffinityTerm: podTerm.describe('What should hold.'),
      }),
    )
    .max(MOST)
    .optional()
    .describe('What should hold, by its weight.'),
});

export const affinitySchema = z.strictObject({
  nodeAffinity: z
    .strictObject({
      requiredDuringSchedulingIgnoredDuringExecution: z
        .strictObject({
          nodeSelectorTerms: z
            .array(nodeTerm)
            .min(1)
            .max(MOST)
            .describe('Nodes that fit: those that one of these selects.'),
        })
        .optional()
        .describe('What has to hold.'),
      preferredDuringSchedulingIgnoredDuringExecution: z
        .array(
          z.strictObject({
            weight,
            preference: nodeTerm.describe('What should hold.'),
          }),
        )
        .max(MOST)
        .optional()
        .describe('What should hold, by its weight.'),
    })
    .optional()
    .describe('Nodes that it should run on.'),
  podAffinity: podRules.optional().describe('Pods that it should run beside.'),
  podAntiAffinity: podRules
    .optional()
    .describe('Pods that it should not run beside.'),
});
