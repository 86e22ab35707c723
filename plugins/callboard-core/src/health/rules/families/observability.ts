import type { HealthFamily } from '../types';

export const OBSERVABILITY: readonly HealthFamily[] = [
  {
    title: 'Prometheus Operator',
    docs: 'https://prometheus-operator.dev/docs/api-reference/api/',
    rules: [
      {
        kinds: [
          'monitoring.coreos.com/Prometheus',
          'monitoring.coreos.com/PrometheusAgent',
          'monitoring.coreos.com/Alertmanager',
          'monitoring.coreos.com/ThanosRuler',
        ],
        checks: [
          'Progressing if Available!=True(SomePodsNotReady)',
          'Degraded if Available!=True',
          'Healthy if Available=True',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'VictoriaMetrics Operator',
    docs: 'https://docs.victoriametrics.com/operator/api/',
    rules: [
      {
        kinds: ['operator.victoriametrics.com/*'],
        checks: [
          'Progressing if stale',
          'Healthy if .status.updateStatus=operational|ignored',
          'Suspended if .status.updateStatus=paused',
          'Degraded if .status.updateStatus=failed',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Grafana Operator',
    docs: 'https://grafana.github.io/grafana-operator/docs/api/',
    rules: [
      {
        kinds: ['grafana.integreatly.org/Grafana'],
        checks: [
          'Progressing if no .status.stageStatus',
          'Degraded if .status.stageStatus=failed',
          'Healthy if .status.stage=complete and .status.stageStatus=success',
          'Progressing',
        ],
      },
      {
        kinds: ['grafana-org-operator.kubitus-project.gitlab.io/*'],
        checks: [
          'Degraded if Ready=False',
          'Healthy if Ready=True',
          'Progressing',
        ],
      },
      {
        kinds: ['grafana.integreatly.org/GrafanaDashboard'],
        checks: ['Degraded if *=False', 'Healthy if *=True', 'Progressing'],
      },
      {
        kinds: ['grafana.integreatly.org/GrafanaFolder'],
        checks: [
          'Degraded if FolderUIDMismatch=True',
          'Degraded if any .status.conditions: .status=False & .type!=FolderUIDMismatch',
          'Healthy if *=True',
          'Progressing',
        ],
      },
      {
        kinds: ['grafana.integreatly.org/GrafanaDatasource'],
        checks: [
          'Progressing if no .status',
          'Progressing if no .status.uid and no .status.NoMatchingInstances',
          'Degraded if .status.NoMatchingInstances=true',
          'Healthy',
        ],
      },
    ],
  },
  {
    title: 'Jaeger and OpenTelemetry',
    docs: 'https://github.com/open-telemetry/opentelemetry-operator/tree/main/docs/api',
    rules: [
      {
        kinds: ['jaegertracing.io/Jaeger'],
        checks: [
          'Healthy if .status.phase=Running',
          'Degraded if .status.phase=Failed',
          'Progressing',
        ],
      },
      {
        kinds: ['opentelemetry.io/OpenTelemetryCollector'],
        checks: [
          'Progressing if no .status',
          'Healthy if .status.scale.statusReplicas whole',
          'Healthy if .spec.mode=daemonset and .status.scale.statusReplicas=0/0',
          'Degraded if .status.scale.statusReplicas^=0/',
          'Healthy if no .status.scale.statusReplicas and .spec.mode=sidecar',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Humio',
    docs: 'https://library.humio.com/humio-operator/',
    rules: [
      {
        kinds: [
          'core.humio.com/HumioAction',
          'core.humio.com/HumioIngestToken',
          'core.humio.com/HumioRepository',
          'core.humio.com/HumioView',
          'core.humio.com/HumioParser',
          'core.humio.com/HumioAlert',
        ],
        checks: [
          'Healthy if .status.state=Exists',
          'Missing if .status.state=NotFound',
          'Degraded if .status.state=ConfigError',
          'Unknown if .status.state=Unknown',
          'Progressing',
        ],
      },
      {
        kinds: ['core.humio.com/HumioCluster'],
        checks: [
          'Healthy if .status.state=Running',
          'Degraded if .status.state=ConfigError',
          'Unknown if .status.state=Unknown',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Datadog and Coralogix',
    docs: 'https://docs.datadoghq.com/containers/cluster_agent/admission_controller/',
    rules: [
      {
        kinds: ['datadoghq.com/DatadogMetric'],
        checks: [
          'Degraded if Error=True',
          'Degraded if Valid=False',
          'Healthy',
        ],
      },
      {
        kinds: ['coralogix.com/Alert', 'coralogix.com/RecordingRuleGroupSet'],
        checks: [
          'Healthy if RemoteSynced=True',
          'Degraded if RemoteSynced=False',
          'Progressing',
        ],
      },
    ],
  },
];
