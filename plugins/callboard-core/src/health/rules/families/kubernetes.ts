import type { HealthFamily } from '../types';

/** A parent that has not observed the newest route does not count yet; another may. */
const FRESH_PARENTS = [
  'Degraded if any .status.parents: ResolvedRefs=False & not stale conditions',
  'Degraded if any .status.parents: Accepted=False & not stale conditions',
  'Progressing if any .status.parents: Programmed!=True & not stale conditions',
];

/** Built-in kinds of Kubernetes that need no code. */
export const KUBERNETES: readonly HealthFamily[] = [
  {
    title: 'Kubernetes: extension',
    docs: 'https://kubernetes.io/docs/reference/kubernetes-api/extend-resources/',
    rules: [
      {
        kinds: ['apiregistration.k8s.io/APIService'],
        checks: ['Healthy if Available=True', 'Progressing'],
      },
      {
        kinds: ['apiextensions.k8s.io/CustomResourceDefinition'],
        checks: [
          'Progressing if no .status.conditions',
          'Progressing if Terminating=True',
          'Degraded if NamesAccepted=False',
          'Degraded if NonStructuralSchema=True',
          'Degraded if Established=False(InvalidCABundle)',
          'Healthy if Established=True',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Kubernetes: snapshots and autoscaling',
    docs: 'https://kubernetes.io/docs/concepts/storage/volume-snapshots/',
    rules: [
      {
        kinds: [
          'snapshot.storage.k8s.io/VolumeSnapshot',
          'snapshot.storage.k8s.io/VolumeSnapshotContent',
        ],
        checks: [
          'Healthy if .status.readyToUse=true',
          'Degraded if .status.error',
          'Progressing',
        ],
      },
      {
        kinds: ['autoscaling.k8s.io/VerticalPodAutoscaler'],
        checks: [
          'Degraded if NoPodsMatched=True',
          'Healthy if RecommendationProvided=True',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Gateway API',
    docs: 'https://gateway-api.sigs.k8s.io/reference/spec/',
    rules: [
      {
        kinds: ['gateway.networking.k8s.io/Gateway'],
        checks: [
          'Progressing if stale conditions',
          'Degraded if ResolvedRefs=False',
          'Degraded if Accepted=False',
          'Progressing if Programmed!=True',
          'Degraded if any .status.listeners: ResolvedRefs=False',
          'Degraded if any .status.listeners: Accepted=False',
          'Progressing if any .status.listeners: Programmed!=True',
          'Healthy if .status.conditions',
          'Healthy if .status.listeners',
          'Progressing',
        ],
      },
      {
        kinds: ['gateway.networking.k8s.io/GatewayClass'],
        checks: [
          'Progressing if stale Accepted',
          'Healthy if Accepted=True',
          'Degraded if Accepted=False',
          'Progressing',
        ],
      },
      {
        kinds: [
          'gateway.networking.k8s.io/HTTPRoute',
          'gateway.networking.k8s.io/GRPCRoute',
          'gateway.networking.k8s.io/TCPRoute',
          'gateway.networking.k8s.io/UDPRoute',
        ],
        checks: [
          ...FRESH_PARENTS,
          'Healthy if any .status.parents: .conditions & not stale conditions',
          'Progressing',
        ],
      },
      {
        kinds: ['gateway.networking.k8s.io/TLSRoute'],
        checks: [
          ...FRESH_PARENTS,
          'Healthy if any .status.parents: Accepted=True & ResolvedRefs=True & not stale conditions',
          'Progressing',
        ],
      },
      {
        kinds: ['gateway.networking.k8s.io/BackendTLSPolicy'],
        checks: [
          'Progressing if any .status.ancestors: stale conditions',
          'Degraded if any .status.ancestors: Accepted!=True(not TargetNotFound)',
          'Degraded if any .status.ancestors: ResolvedRefs!=True & not Accepted!=True(TargetNotFound)',
          'Healthy if any .status.ancestors: Accepted=True',
          'Progressing',
        ],
      },
      {
        kinds: [
          'gateway.networking.k8s.io/ListenerSet',
          'gateway.networking.x-k8s.io/XListenerSet',
        ],
        checks: [
          'Progressing if stale conditions',
          'Degraded if Accepted=False',
          'Progressing if Programmed!=True',
          'Degraded if any .status.listeners: ResolvedRefs=False',
          'Degraded if any .status.listeners: Conflicted=True',
          'Degraded if any .status.listeners: Accepted=False',
          'Progressing if any .status.listeners: Programmed!=True',
          'Healthy if .status.listeners',
          'Progressing',
        ],
      },
    ],
  },
];
