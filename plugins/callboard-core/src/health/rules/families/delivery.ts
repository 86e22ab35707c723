import type { HealthFamily } from '../types';

/** Progress as Flux defines it: both conditions at once. */
const FLUX_PROGRESS = [
  'Suspended if .spec.suspend=true',
  'Progressing if Ready=Unknown and Reconciling=True',
];
const FLUX_END = ['Degraded if .status.conditions', 'Progressing'];

export const DELIVERY: readonly HealthFamily[] = [
  {
    title: 'Flux',
    docs: 'https://fluxcd.io/flux/components/',
    rules: [
      {
        kinds: [
          'source.toolkit.fluxcd.io/Bucket',
          'source.toolkit.fluxcd.io/GitRepository',
          'source.toolkit.fluxcd.io/HelmChart',
          'source.toolkit.fluxcd.io/OCIRepository',
        ],
        checks: [
          ...FLUX_PROGRESS,
          'Healthy if Ready=True and ArtifactInStorage=True',
          ...FLUX_END,
        ],
      },
      {
        kinds: ['source.toolkit.fluxcd.io/HelmRepository'],
        checks: [
          'Suspended if .spec.suspend=true',
          'Healthy if .spec.type=oci',
          ...FLUX_PROGRESS,
          'Healthy if Ready=True and ArtifactInStorage=True',
          ...FLUX_END,
        ],
      },
      {
        kinds: ['kustomize.toolkit.fluxcd.io/Kustomization'],
        checks: [...FLUX_PROGRESS, 'Healthy if Ready=True', ...FLUX_END],
      },
      {
        kinds: ['helm.toolkit.fluxcd.io/HelmRelease'],
        checks: [
          ...FLUX_PROGRESS,
          'Healthy if Ready=True and Released=True',
          'Healthy if Ready=True and TestSuccess=True',
          ...FLUX_END,
        ],
      },
      {
        kinds: ['image.toolkit.fluxcd.io/ImagePolicy'],
        checks: [
          'Progressing if Ready=False and Reconciling=True(NewGeneration|AccessingRepository|ApplyingPolicy)',
          'Healthy if Ready=True',
          ...FLUX_END,
        ],
      },
      {
        kinds: ['image.toolkit.fluxcd.io/ImageRepository'],
        checks: [
          'Suspended if .spec.suspend=true',
          'Progressing if Ready=False and Reconciling=True(NewGeneration|Scanning)',
          'Healthy if Ready=True',
          ...FLUX_END,
        ],
      },
      {
        kinds: ['image.toolkit.fluxcd.io/ImageUpdateAutomation'],
        checks: [
          'Suspended if .spec.suspend=true',
          'Progressing if Ready=Unknown and Reconciling=True',
          'Progressing if Ready=False and Reconciling=True',
          'Healthy if Ready=True',
          ...FLUX_END,
        ],
      },
      {
        kinds: ['notification.toolkit.fluxcd.io/Receiver'],
        checks: [
          'Suspended if .spec.suspend=true',
          'Healthy if Ready=True',
          ...FLUX_END,
        ],
      },
    ],
  },
  {
    title: 'Flagger',
    docs: 'https://docs.flagger.app/usage/how-it-works#canary-status',
    rules: [
      {
        kinds: ['flagger.app/Canary'],
        checks: [
          'Degraded if .status.phase=Failed',
          'Progressing if .status.phase=Progressing|Finalising|Promoting|Waiting|WaitingPromotion|Initializing',
          'Healthy if .status.phase=Succeeded|Initialized',
          'Unknown',
        ],
      },
    ],
  },
  {
    title: 'Tekton',
    docs: 'https://tekton.dev/docs/pipelines/pipelineruns/#monitoring-execution-status',
    rules: [
      {
        kinds: ['tekton.dev/PipelineRun', 'tekton.dev/TaskRun'],
        checks: [
          'Healthy if Succeeded=True',
          'Degraded if Succeeded=False',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Keptn',
    docs: 'https://keptn.sh/stable/docs/reference/crd-reference/',
    rules: [
      {
        kinds: [
          'lifecycle.keptn.sh/KeptnAppVersion',
          'lifecycle.keptn.sh/KeptnTask',
          'lifecycle.keptn.sh/KeptnWorkloadInstance',
          'lifecycle.keptn.sh/KeptnWorkloadVersion',
        ],
        checks: [
          'Healthy if .status.status=Succeeded',
          'Degraded if .status.status=Failed',
          'Progressing',
        ],
      },
      {
        kinds: ['lifecycle.keptn.sh/KeptnEvaluation'],
        checks: [
          'Healthy if .status.overallStatus=Succeeded',
          'Degraded if .status.overallStatus=Failed',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Keptn metrics',
    docs: 'https://keptn.sh/stable/docs/reference/crd-reference/metric/',
    rules: [
      {
        kinds: ['metrics.keptn.sh/Analysis'],
        checks: [
          'Healthy if .status.pass=true',
          'Healthy if .status.warning=true',
          'Degraded if .status.pass=false',
          'Progressing',
        ],
      },
      {
        kinds: ['metrics.keptn.sh/KeptnMetric'],
        checks: [
          'Degraded if .status.errMsg',
          'Healthy if .status.value',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'OpenFaaS',
    docs: 'https://docs.openfaas.com/openfaas-pro/function-crd/',
    rules: [
      {
        kinds: ['openfaas.com/Function'],
        checks: [
          'Degraded if Ready=False',
          'Degraded if Stalled=True',
          'Healthy if Ready=True and .status.replicas>0',
          'Suspended if Ready=True',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Spot by NetApp',
    docs: 'https://docs.spot.io/ocean-cd/',
    rules: [
      {
        kinds: ['spot.io/SpotDeployment'],
        checks: [
          'Progressing if no .status.conditions',
          'Degraded if InvalidSpec',
          'Degraded if Progressing(RolloutAborted|ProgressDeadlineExceeded)',
          'Suspended if Paused=True',
          'Progressing if .status.phase=Progressing',
          'Healthy',
        ],
      },
    ],
  },
  {
    title: 'KEDA',
    docs: 'https://keda.sh/docs/latest/reference/scaledobject-spec/',
    rules: [
      {
        kinds: ['keda.sh/ScaledObject'],
        checks: [
          'Degraded if Ready=False',
          'Degraded if Fallback=True',
          'Suspended if Ready=True and Paused=True',
          'Healthy if Ready=True',
          'Progressing',
        ],
      },
      {
        kinds: ['keda.sh/ScaledJob'],
        checks: [
          'Degraded if Ready=False|Unknown',
          'Suspended if Ready=True and Paused=True',
          'Healthy if Ready=True',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'OpenKruise',
    docs: 'https://openkruise.io/docs/',
    rules: [
      {
        kinds: ['apps.kruise.io/CloneSet'],
        checks: [
          'Progressing if unobserved',
          'Suspended if .spec.updateStrategy.paused=true',
          'Suspended if no .status.updatedAvailableReplicas',
          'Suspended if .spec.updateStrategy.partition>0 and .metadata.generation>1 and .status.updatedReplicas>=.status.expectedUpdatedReplicas',
          'Progressing if .spec.updateStrategy.partition>0 and .metadata.generation>1',
          'Healthy if .status.updatedAvailableReplicas==.status.replicas',
          'Degraded',
        ],
      },
      {
        kinds: ['apps.kruise.io/StatefulSet'],
        checks: [
          'Progressing if unobserved',
          'Suspended if .spec.updateStrategy.rollingUpdate.paused=true',
          'Suspended if no .status.updatedAvailableReplicas',
          'Suspended if .spec.updateStrategy.rollingUpdate.partition>0 and .metadata.generation>1 and .status.updatedReplicas>0',
          'Progressing if .spec.updateStrategy.rollingUpdate.partition>0 and .metadata.generation>1',
          'Healthy if .status.updatedAvailableReplicas==.status.replicas',
          'Degraded',
        ],
      },
      {
        kinds: ['apps.kruise.io/DaemonSet'],
        checks: [
          'Progressing if unobserved',
          'Suspended if .spec.updateStrategy.rollingUpdate.paused=true',
          'Suspended if no .status.updatedNumberScheduled',
          'Suspended if .spec.updateStrategy.rollingUpdate.partition>0 and .metadata.generation>1 and .status.updatedNumberScheduled>0',
          'Progressing if .spec.updateStrategy.rollingUpdate.partition>0 and .metadata.generation>1',
          'Healthy if .status.numberAvailable and .status.updatedNumberScheduled==.status.desiredNumberScheduled and .status.numberAvailable==.status.desiredNumberScheduled',
          'Degraded if .status.numberUnavailable and .status.updatedNumberScheduled==.status.desiredNumberScheduled and .status.numberUnavailable==.status.desiredNumberScheduled',
          'Progressing',
        ],
      },
      {
        kinds: ['apps.kruise.io/AdvancedCronJob'],
        checks: [
          'Suspended if no .status.lastScheduleTime and .spec.paused=true',
          'Progressing if .status.active',
          'Degraded if no .status.lastScheduleTime',
          'Healthy',
        ],
      },
      {
        kinds: ['apps.kruise.io/BroadcastJob'],
        checks: [
          'Healthy if .status.phase=completed and .status.desired==.status.succeeded',
          'Degraded if .status.phase=failed and .status.failed<>0',
          'Suspended if .status.phase=paused and .spec.paused=true',
          'Progressing',
        ],
      },
      {
        kinds: ['game.kruise.io/GameServer'],
        checks: [
          'Unknown if no .status',
          'Progressing if .status.currentState!=.status.desiredState',
          'Degraded if any .status.podStatus.conditions: .type=KruisePodReady & .status!=True',
          'Healthy if .status.currentState=Ready',
          'Unknown',
        ],
      },
      {
        kinds: ['game.kruise.io/GameServerSet'],
        checks: [
          'Progressing if unobserved',
          'Suspended if .spec.updateStrategy.rollingUpdate.paused=true',
          'Suspended if .spec.updateStrategy.rollingUpdate.partition>0 and .status.updatedReplicas + .spec.updateStrategy.rollingUpdate.partition>=.status.replicas',
          'Healthy if .status.updatedReadyReplicas==.status.replicas',
          'Progressing',
        ],
      },
      {
        kinds: ['rollouts.kruise.io/Rollout'],
        checks: [
          'Progressing if unobserved',
          'Suspended if .status.phase=Progressing and .status.canaryStatus.currentStepState=StepPaused',
          'Healthy if .status.phase=Healthy and .status.canaryStatus.currentStepState=Completed',
          'Degraded if .status.phase=Terminating|Disabled and .status.canaryStatus.currentStepState=StepPaused',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Spark and Flink',
    docs: 'https://nightlies.apache.org/flink/flink-kubernetes-operator-docs-stable/docs/custom-resource/reference/',
    rules: [
      {
        kinds: ['sparkoperator.k8s.io/SparkApplication'],
        checks: [
          'Healthy if .status.applicationState.state=RUNNING and #.status.executorState(RUNNING)>0 and #.status.executorState(RUNNING)==.spec.executor.instances',
          'Healthy if .status.applicationState.state=RUNNING and .spec.dynamicAllocation.enabled=true and #.status.executorState(RUNNING)>=.spec.dynamicAllocation.minExecutors',
          'Healthy if .status.applicationState.state=RUNNING and .spec.sparkConf[spark.dynamicAllocation.enabled]=true and #.status.executorState(RUNNING)>=.spec.sparkConf[spark.dynamicAllocation.minExecutors]',
          'Healthy if .status.applicationState.state=RUNNING and .spec.sparkConf[spark.streaming.dynamicAllocation.enabled]=true and #.status.executorState(RUNNING)>=.spec.sparkConf[spark.streaming.dynamicAllocation.minExecutors]',
          'Healthy if .status.applicationState.state=RUNNING and no .spec.executor.instances and #.status.executorState(RUNNING)>0',
          'Healthy if .status.applicationState.state=COMPLETED',
          'Degraded if .status.applicationState.state=FAILED|SUBMISSION_FAILED|FAILING',
          'Missing if .status.applicationState.state=INVALIDATING',
          'Progressing',
        ],
      },
      {
        kinds: ['sparkoperator.k8s.io/ScheduledSparkApplication'],
        checks: [
          'Suspended if .spec.suspend=true',
          'Degraded if .status.scheduleState=FailedValidation',
          'Healthy if .status.scheduleState=Scheduled',
          'Progressing',
        ],
      },
      {
        kinds: ['flink.apache.org/FlinkDeployment'],
        checks: [
          'Healthy if .status.reconciliationStatus.success=true',
          'Healthy if .status.reconciliationStatus.state=DEPLOYED',
          'Progressing if .status.jobManagerDeploymentStatus=DEPLOYED_NOT_READY|DEPLOYING',
          'Degraded if .status.jobManagerDeploymentStatus=ERROR',
          'Healthy if .spec.job.state=suspended and no .status.reconciliationStatus.lastReconciledSpec',
          'Progressing',
        ],
      },
      {
        kinds: ['flink.apache.org/FlinkSessionJob'],
        checks: [
          'Healthy if .status.jobStatus.state=RUNNING|FINISHED',
          'Progressing if .status.jobStatus.state=RECONCILING|CREATED',
          'Suspended if .status.jobStatus.state=SUSPENDED|CANCELED',
          'Degraded if .status.jobStatus.state=FAILED',
          'Degraded if .status.error',
          'Progressing',
        ],
      },
      {
        kinds: ['flink.apache.org/FlinkBlueGreenDeployment'],
        checks: [
          'Progressing if .status.reconciliationStatus.state=ROLLING_BACK',
          'Degraded if .status.reconciliationStatus.state=ROLLED_BACK',
          'Degraded if .status.blueGreenState=ACTIVE_BLUE|ACTIVE_GREEN and .status.jobStatus.state=RESTARTING',
          'Healthy if .status.blueGreenState=ACTIVE_BLUE|ACTIVE_GREEN',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'KServe',
    docs: 'https://kserve.github.io/website/docs/reference/crd-api',
    rules: [
      {
        kinds: ['serving.kserve.io/InferenceService'],
        checks: [
          'Suspended if Stopped=True',
          'Suspended if *(Stopped)',
          'Degraded if .status.modelStatus.transitionStatus=BlockedByFailedLoad|InvalidSpec',
          'Progressing if .status.modelStatus.transitionStatus=InProgress',
          'Degraded if any .status.conditions: .status=False & .type!=Stopped',
          'Progressing if *=Unknown',
          'Healthy if IngressReady=True and PredictorReady=True',
          'Healthy if Ready=True',
          'Progressing',
        ],
      },
      {
        kinds: ['serving.kserve.io/LLMInferenceService'],
        checks: [
          'Progressing if stale',
          'Progressing if stale Ready',
          'Suspended if *(Stopped)',
          'Healthy if Ready=True',
          'Degraded if Ready=False',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'SpinKube and Camel K',
    docs: 'https://www.spinkube.dev/docs/reference/',
    rules: [
      {
        kinds: ['core.spinkube.dev/SpinApp'],
        checks: [
          'Progressing if no .status',
          'Degraded if Progressing=False(ProgressDeadlineExceeded)',
          'Degraded if not Available=True',
          'Progressing if .status.readyReplicas<.spec.replicas or 1',
          'Progressing if Progressing=True',
          'Healthy',
        ],
      },
      {
        kinds: ['camel.apache.org/Integration'],
        checks: [
          'Degraded if Ready=False',
          'Healthy if Ready=True',
          'Progressing',
        ],
      },
    ],
  },
];
