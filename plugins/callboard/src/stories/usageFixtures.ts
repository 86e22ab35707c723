import type {
  AppUsage,
  ClusterUsage,
} from '@callboard/plugin-callboard-common';
import { ago } from './fixtures';

const MIB = 1024 ** 2;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const WEEK_HOURS = 7 * 24;

const ASKED = {
  requests: { cpuMillicores: 100, memoryBytes: 512 * MIB },
  limits: { memoryBytes: 1024 * MIB },
};

/** Usage of an app on two clusters, one of which reports nothing. */
export function usage(over: Partial<AppUsage> = {}): AppUsage {
  return {
    clusters: [
      clusterUsage(),
      clusterUsage({
        cluster: 'us-1',
        state: 'not-served',
        what: 'This cluster has no metrics-server, so what instances use is not known',
        next: 'The platform team can install metrics-server on it',
        measuredAt: undefined,
        traffic: {
          state: 'not-configured',
          what: 'Requests are not counted here: no Prometheus is configured for this cluster',
          next: "The platform team can name one in the cluster's file",
        },
        instances: [
          {
            name: 'web-6c9f-q2w3e',
            workload: 'web',
            containers: [{ name: 'main', ...ASKED, restarts: 0 }],
          },
        ],
        series: [],
      }),
    ],
    advice: [
      {
        kind: 'lower-request',
        workload: 'web',
        container: 'main',
        sentence: 'web asks for 512 MiB, used 61 MiB at most in 7 days',
        next: '80 MiB leaves a quarter above the most that it used, and gives 432 MiB back for each instance.',
        lines: [
          'spec:',
          '  environments:',
          '    - name: prod',
          '      overrides:',
          '        - clusters: {}',
          '          resources:',
          '            web:',
          '              main:',
          '                requests: { memory: 80Mi }',
          '',
        ].join('\n'),
      },
    ],
    ...over,
  };
}

/** A cluster with two measured instances. */
export function clusterUsage(over: Partial<ClusterUsage> = {}): ClusterUsage {
  return {
    cluster: 'eu-1',
    state: 'live',
    measuredAt: ago(20_000),
    traffic: {
      state: 'live',
      source: 'ingress-nginx',
      requestsPerSecond: 12.4,
      errorsPerSecond: 0.05,
      p95Seconds: 0.12,
      measuredAt: ago(20_000),
    },
    instances: ['web-6c9f-ab12c', 'web-6c9f-de34f'].map((name, index) => ({
      name,
      workload: 'web',
      containers: [
        {
          name: 'main',
          ...ASKED,
          cpuMillicores: 4 + index,
          memoryBytes: (52 + index) * MIB,
          restarts: index * 2,
        },
      ],
    })),
    series: [
      {
        workload: 'web',
        container: 'main',
        stepSeconds: 3600,
        points: Array.from({ length: WEEK_HOURS }, (_, hour) => ({
          at: ago((WEEK_HOURS - hour) * HOUR),
          cpuMillicores: 4 + (hour % 24 > 8 ? 30 : 0),
          memoryBytes: (hour === 100 ? 61 : 48 + (hour % 24) / 4) * MIB,
        })),
      },
    ],
    ...over,
  };
}
