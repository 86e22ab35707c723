import {
  type Health,
  type KubeObject,
  readReportedReason,
} from '@callboard/plugin-callboard-common';
import { type Condition, readConditions } from '../conditions';
import { listAt, textAt } from '../fields';
import { verdict } from '../verdict';

const CONDITIONS_ANNOTATION = 'autoscaling.alpha.kubernetes.io/conditions';

/** Reasons with which the autoscaler reports that it cannot work. Source: kubernetes pkg/controller/podautoscaler. */
const FAILURES: Readonly<Record<string, string>> = {
  FailedGetScale: 'The autoscaler cannot read how many instances there are',
  FailedUpdateScale: 'The autoscaler cannot change the number of instances',
  InvalidSelector: 'The autoscaler does not know which instances to count',
};

/** Judges a HorizontalPodAutoscaler: failures take precedence. Source: Argo CD 3.5. */
export function judgeHorizontalPodAutoscaler(object: KubeObject): Health {
  const conditions = conditionsOf(object);
  for (const condition of conditions) {
    const failure = describeFailure(condition);
    if (failure !== undefined) {
      return verdict(
        'Degraded',
        readReportedReason(condition.reason) ?? 'Failed',
        failure,
      );
    }
  }
  const able = conditions.find(
    ({ type, status }) =>
      (type === 'AbleToScale' || type === 'ScalingLimited') &&
      status === 'True',
  );
  return able
    ? verdict(
        'Healthy',
        readReportedReason(able.reason) ?? 'AbleToScale',
        'The autoscaler does its work',
      )
    : verdict(
        'Progressing',
        'Starting',
        'The autoscaler has not said anything yet',
      );
}

function describeFailure({ type, reason }: Condition): string | undefined {
  if (type === 'AbleToScale') {
    return reason === 'InvalidSelector' ? undefined : FAILURES[reason];
  }
  if (type !== 'ScalingActive') return undefined;
  if (reason === 'InvalidSelector') return FAILURES.InvalidSelector;
  return /^Failed(?:Get\w*Metric|ComputeMetricsReplicas)$/.test(reason)
    ? 'The autoscaler cannot measure the load'
    : undefined;
}

/** In autoscaling/v1 the conditions are in an annotation. */
function conditionsOf(object: KubeObject): Condition[] {
  const text = object.metadata.annotations?.[CONDITIONS_ANNOTATION];
  if (text === undefined) return readConditions(object);
  return parseConditions(text);
}

function parseConditions(text: string): Condition[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return [];
  }
  return listAt({ parsed }, 'parsed').map(condition => ({
    type: textAt(condition, 'type') ?? '',
    status: textAt(condition, 'status') ?? '',
    reason: textAt(condition, 'reason') ?? '',
    message: textAt(condition, 'message') ?? '',
  }));
}
