import type { HealthFamily } from '../types';

export const ARGO: readonly HealthFamily[] = [
  {
    title: 'Argo Rollouts',
    docs: 'https://argo-rollouts.readthedocs.io/en/stable/features/specification/',
    rules: [
      {
        kinds: ['argoproj.io/Rollout'],
        checks: [
          'Progressing if no .status.observedGeneration',
          'Progressing if stale',
          'Progressing if .status.workloadObservedGeneration and .status.workloadObservedGeneration!=.metadata.annotations[rollout.argoproj.io/workload-generation]',
          'Degraded if .status.phase=Degraded',
          'Suspended if .status.phase=Paused',
          'Progressing if .status.phase=Progressing',
          'Healthy if .status.phase=Healthy',
          'Degraded if InvalidSpec',
          'Degraded if Progressing(RolloutAborted|ProgressDeadlineExceeded)',
          'Suspended if .status.pauseConditions',
          'Suspended if .spec.paused=true',
          'Progressing if no .status.currentPodHash',
          'Progressing if .status.updatedReplicas<.spec.replicas or 1',
          'Progressing if .status.availableReplicas<.status.updatedReplicas',
          'Progressing if .spec.strategy.blueGreen and .status.blueGreen.activeSelector!=.status.currentPodHash',
          'Progressing if .spec.strategy.blueGreen and .status.stableRS and .status.stableRS!=.status.currentPodHash',
          'Progressing if .spec.strategy.canary and .status.replicas>.status.updatedReplicas',
          'Progressing if .spec.strategy.canary and .status.stableRS and .status.stableRS!=.status.currentPodHash',
          'Progressing if .spec.strategy.canary and no .status.stableRS and .status.canary.stableRS!=.status.currentPodHash',
          'Healthy',
        ],
      },
      {
        kinds: ['argoproj.io/AnalysisRun', 'argoproj.io/Experiment'],
        checks: [
          'Healthy if .status.phase=Successful',
          'Degraded if .status.phase=Failed|Error',
          'Unknown if .status.phase=Inconclusive',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Argo Workflows and Events',
    docs: 'https://argo-workflows.readthedocs.io/en/latest/fields/',
    rules: [
      {
        kinds: ['argoproj.io/Workflow'],
        checks: [
          'Healthy if .status.phase=Succeeded',
          'Degraded if .status.phase=Failed|Error',
          'Progressing if no .status.phase',
          'Progressing if .status.phase=Pending|Running',
          'Unknown',
        ],
      },
      {
        kinds: ['argoproj.io/CronWorkflow'],
        checks: [
          'Degraded if SpecError=True',
          'Degraded if SubmissionError=True',
          'Healthy',
        ],
      },
      {
        kinds: [
          'argoproj.io/EventBus',
          'argoproj.io/EventSource',
          'argoproj.io/Sensor',
        ],
        checks: [
          'Degraded if Deployed=False',
          'Healthy if Deployed=True',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Argo CD',
    docs: 'https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/',
    rules: [
      {
        kinds: ['argoproj.io/Application'],
        checks: ['same as .status.health.status', 'Progressing'],
      },
      {
        kinds: ['argoproj.io/ApplicationSet'],
        checks: [
          'Degraded if ErrorOccurred=True',
          'Degraded if ResourcesUpToDate=False',
          'Progressing if RolloutProgressing=True',
          'Healthy if ResourcesUpToDate=True',
          'Progressing',
        ],
      },
      {
        kinds: ['argocd-image-updater.argoproj.io/ImageUpdater'],
        checks: [
          'Progressing if no .status.conditions',
          'Progressing if stale',
          'Degraded if Error=True',
          'Progressing if Reconciling=True',
          'Healthy if Ready=True',
          'Degraded if Ready=False',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'GitOps Promoter',
    docs: 'https://gitops-promoter.readthedocs.io/en/latest/crd-specs/',
    rules: [
      {
        kinds: ['promoter.argoproj.io/PromotionStrategy'],
        checks: [
          'Progressing if no Ready',
          'Progressing if stale Ready',
          'Degraded if Ready=False',
          'Degraded if no .status.environments',
          'Progressing if any .status.environments: no .active.dry.sha',
          'Progressing if any .status.environments: no .proposed.note.drySha & no .proposed.dry.sha',
          'Progressing if differing .status.environments: .proposed.note.drySha or .proposed.dry.sha',
          'Healthy',
        ],
      },
      {
        kinds: ['promoter.argoproj.io/ChangeTransferPolicy'],
        checks: [
          'Progressing if no Ready',
          'Progressing if stale Ready',
          'Degraded if Ready=False',
          'Progressing if no .status.active.dry.sha',
          'Progressing if no .status.proposed.dry.sha',
          'Healthy',
        ],
      },
      {
        kinds: ['promoter.argoproj.io/PullRequest'],
        checks: [
          'Progressing if no Ready and no Reconciled',
          'Progressing if stale Ready',
          'Progressing if stale Reconciled',
          'Degraded if Ready=False',
          'Degraded if Reconciled=False',
          'Healthy',
        ],
      },
      {
        kinds: ['promoter.argoproj.io/CommitStatus'],
        checks: [
          'Progressing if no Ready',
          'Progressing if stale Ready',
          'Degraded if Ready=False(ReconciliationError)',
          'Healthy',
        ],
      },
      {
        kinds: ['promoter.argoproj.io/ArgoCDCommitStatus'],
        checks: [
          'Progressing if no Ready',
          'Progressing if stale Ready',
          'Degraded if Ready=False(ReconciliationError)',
          'Degraded if no .status.applicationsSelected',
          'Healthy',
        ],
      },
      {
        kinds: [
          'promoter.argoproj.io/ScmProvider',
          'promoter.argoproj.io/ClusterScmProvider',
          'promoter.argoproj.io/GitRepository',
        ],
        checks: [
          'Progressing if no Ready',
          'Progressing if stale Ready',
          'Degraded if Ready=False',
          'Progressing if Ready=Unknown',
          'Healthy',
        ],
      },
      {
        kinds: [
          'promoter.argoproj.io/TimedCommitStatus',
          'promoter.argoproj.io/GitCommitStatus',
          'promoter.argoproj.io/WebRequestCommitStatus',
        ],
        checks: [
          'Progressing if no Ready',
          'Progressing if stale Ready',
          'Degraded if Ready=False',
          'Progressing if Ready=Unknown',
          'Degraded if any .status.environments: .phase=failure',
          'Progressing if any .status.environments: .phase!=success',
          'Healthy',
        ],
      },
    ],
  },
];
