import { z } from 'zod';
import type { PatchedKind, WorkloadPatches } from '../../domain';
import { explainingFields } from '../suggestField';
import { affinitySchema, tolerationsSchema } from './podScheduling';
import { explainPatchedField } from './explainPatchedField';
import { annotationsSchema, nodeSelectorSchema } from './patchedMaps';
import {
  LONGEST_MIN_READY,
  containers,
  daemonSetStrategy,
  deploymentStrategy,
  minReadySeconds,
  revisionHistoryLimit,
  scaling,
  seconds,
  shareAboveNone,
} from './patchedValues';

type Fields = Record<string, [schema: z.ZodType, description: string]>;

const ANNOTATIONS: Fields = {
  annotations: [annotationsSchema, 'Annotations; null removes one.'],
};

const FIELDS: Record<PatchedKind, Record<string, Fields>> = {
  Pod: {
    metadata: ANNOTATIONS,
    spec: {
      affinity: [affinitySchema, 'Nodes and pods that it should run with.'],
      containers: [
        containers,
        'By the name of the container: the timings of its probes.',
      ],
      nodeSelector: [
        nodeSelectorSchema,
        'Labels that a node must have; null removes one.',
      ],
      terminationGracePeriodSeconds: [
        seconds(1, 3600),
        'Seconds that it has to end; 30 where omitted.',
      ],
      tolerations: [
        tolerationsSchema,
        'Taints of nodes that do not keep it away.',
      ],
    },
  },
  Deployment: {
    metadata: ANNOTATIONS,
    spec: {
      minReadySeconds: [
        minReadySeconds,
        'Seconds that a replica must be ready before it counts.',
      ],
      progressDeadlineSeconds: [
        seconds(LONGEST_MIN_READY + 1, 7200),
        'Seconds without progress after which a rollout has failed; 600 where omitted.',
      ],
      revisionHistoryLimit: [
        revisionHistoryLimit,
        'How many former ReplicaSets are kept; 10 where omitted.',
      ],
      strategy: [deploymentStrategy, 'How replicas are replaced, as a whole.'],
    },
  },
  StatefulSet: {
    metadata: ANNOTATIONS,
    spec: {
      minReadySeconds: [
        minReadySeconds,
        'Seconds that a replica must be ready before it counts.',
      ],
      revisionHistoryLimit: [
        revisionHistoryLimit,
        'How many former revisions are kept; 10 where omitted.',
      ],
    },
  },
  DaemonSet: {
    metadata: ANNOTATIONS,
    spec: {
      minReadySeconds: [
        minReadySeconds,
        'Seconds that a replica must be ready before it counts.',
      ],
      revisionHistoryLimit: [
        revisionHistoryLimit,
        'How many former revisions are kept; 10 where omitted.',
      ],
      updateStrategy: [
        daemonSetStrategy,
        'How replicas are replaced, as a whole.',
      ],
    },
  },
  CronJob: {
    metadata: ANNOTATIONS,
    spec: {
      failedJobsHistoryLimit: [
        z.int().min(0).max(100),
        'How many failed runs are kept; 1 where omitted.',
      ],
      startingDeadlineSeconds: [
        seconds(10, 86_400),
        'Seconds by which a run may start late; else it is left out.',
      ],
      successfulJobsHistoryLimit: [
        z.int().min(0).max(100),
        'How many runs that succeeded are kept; 3 where omitted.',
      ],
      suspend: [z.boolean(), 'Whether it does not run for now.'],
    },
  },
  Service: {
    metadata: ANNOTATIONS,
    spec: {
      internalTrafficPolicy: [
        z.enum(['Cluster', 'Local']),
        'Whether traffic of the cluster stays on its node.',
      ],
      publishNotReadyAddresses: [
        z.boolean(),
        'Whether replicas are found that are not ready.',
      ],
      sessionAffinity: [
        z.enum(['None', 'ClientIP']),
        'Whether a client gets to the same replica again.',
      ],
    },
  },
  HorizontalPodAutoscaler: {
    metadata: ANNOTATIONS,
    spec: {
      behavior: [
        z.strictObject({
          scaleDown: scaling.optional().describe('How replicas become fewer.'),
          scaleUp: scaling.optional().describe('How replicas become more.'),
        }),
        'How fast the number of replicas follows the load.',
      ],
    },
  },
  PodDisruptionBudget: {
    spec: {
      maxUnavailable: [
        shareAboveNone,
        'How many a drain of nodes may take at a time; 1 where omitted.',
      ],
    },
  },
};

/** Every field that app.yaml may patch: `Pod.spec.nodeSelector`. A platform may allow fewer. */
export const PATCHABLE_FIELDS: readonly [string, ...string[]] = namesOf(FIELDS);

function namesOf(kinds: typeof FIELDS): [string, ...string[]] {
  const [first = '', ...more] = Object.entries(kinds)
    .flatMap(([kind, sections]) =>
      Object.entries(sections).flatMap(([section, fields]) =>
        Object.keys(fields).map(field => `${kind}.${section}.${field}`),
      ),
    )
    .sort();
  return [first, ...more];
}

/** Patches of one workload. */
export const patchesSchema: z.ZodType<WorkloadPatches> = explainingFields(
  z.strictObject(
    mapValues(FIELDS, sections =>
      z.strictObject(mapValues(sections, sectionOf)).optional(),
    ),
  ),
  explainPatchedField,
);

function sectionOf(
  fields: Fields,
): z.ZodType<Record<string, unknown> | undefined> {
  return z
    .strictObject(
      mapValues(fields, ([schema, description]) =>
        schema.nullable().optional().describe(description),
      ),
    )
    .optional();
}

function mapValues<K extends string, T, R>(
  map: Record<K, T>,
  change: (value: T) => R,
): Record<K, R> {
  return Object.fromEntries(
    Object.entries(map).map(([key, value]) => [key, change(value as T)]),
  ) as Record<K, R>;
}
