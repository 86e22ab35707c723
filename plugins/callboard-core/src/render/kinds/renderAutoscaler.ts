import type {
  V2HorizontalPodAutoscaler,
  V2MetricSpec,
} from '@kubernetes/client-node';
import type { Autoscaling } from '@callboard/plugin-callboard-common';
import type { AsJson, Manifest } from '../../kubernetes';
import type { BaselineInput } from '../baseline';

/** Renders the HorizontalPodAutoscaler of a workload, where app.yaml has autoscaling for it. */
export function renderAutoscaler({
  name,
  namespace,
  labels,
  settings,
}: BaselineInput): Manifest<V2HorizontalPodAutoscaler> | undefined {
  const { autoscaling, kind = 'Deployment' } = settings;
  if (!autoscaling) return undefined;
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name, namespace, labels },
    spec: {
      minReplicas: autoscaling.min,
      maxReplicas: autoscaling.max,
      metrics: metricsOf(autoscaling),
      scaleTargetRef: { apiVersion: 'apps/v1', kind, name },
    },
  };
}

function metricsOf({
  cpu,
  memory,
  metric,
}: Autoscaling): Array<AsJson<V2MetricSpec>> {
  const utilizationOf = (resource: string, percent: number | undefined) =>
    percent === undefined
      ? []
      : [
          {
            type: 'Resource',
            resource: {
              name: resource,
              target: { type: 'Utilization', averageUtilization: percent },
            },
          },
        ];
  return [
    ...utilizationOf('cpu', cpu),
    ...utilizationOf('memory', memory),
    ...(metric
      ? [
          {
            type: 'Pods',
            pods: {
              metric: { name: metric.name },
              target: { type: 'AverageValue', averageValue: metric.average },
            },
          },
        ]
      : []),
  ];
}
