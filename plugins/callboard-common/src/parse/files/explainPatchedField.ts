import { suggestName } from '../suggestField';

interface Refusal {
  fields: string[];
  why: string;
  next: string;
}

/** Fields and kinds that are reserved to Callboard, with their replacements. */
const REFUSALS: Refusal[] = [
  {
    fields: [
      'allowPrivilegeEscalation',
      'capabilities',
      'hostIPC',
      'hostNetwork',
      'hostPID',
      'hostUsers',
      'privileged',
      'procMount',
      'runAsNonRoot',
      'runAsUser',
      'runtimeClassName',
      'seccompProfile',
      'securityContext',
      'shareProcessNamespace',
    ],
    why: 'it could weaken the Pod Security Standard that the pods are held to',
    next: 'Remove it; what an image cannot do without is said by "podSecurity" and "runAsUser" in spec.deploy',
  },
  {
    fields: [
      'ServiceAccount',
      'automountServiceAccountToken',
      'serviceAccount',
      'serviceAccountName',
    ],
    why: 'each workload has an account of its own, without a token unless it asks for one',
    next: 'Remove it; "serviceAccountToken: true" in spec.deploy gives it a token',
  },
  {
    fields: [
      'NetworkPolicy',
      'egress',
      'ingress',
      'podSelector',
      'policyTypes',
    ],
    why: 'a workload reaches what it declares and nothing else',
    next: 'Say whom it calls by "connections" in spec.deploy',
  },
  {
    fields: [
      'finalizers',
      'generateName',
      'labels',
      'name',
      'namespace',
      'namespaceSelector',
      'namespaces',
      'ownerReferences',
      'selector',
      'template',
      'jobTemplate',
    ],
    why: 'by it Callboard and Kubernetes find what belongs to the app',
    next: 'Remove it; what is to be said of pods is patched under "Pod"',
  },
  {
    fields: ['image', 'imagePullPolicy', 'imagePullSecrets'],
    why: 'a release runs the images that it was made of',
    next: 'Name the image in score.yaml',
  },
  {
    fields: ['ConfigMap', 'Secret', 'data', 'env', 'envFrom', 'stringData'],
    why: 'variables, files and secrets are checked where they are declared',
    next: 'Use "variables" of the override, or the settings and secrets of the environment',
  },
  {
    fields: [
      'PersistentVolumeClaim',
      'persistentVolumeClaimRetentionPolicy',
      'volumeClaimTemplates',
      'volumeDevices',
      'volumeMounts',
      'volumes',
    ],
    why: 'what a pod mounts is checked where it is declared',
    next: 'Use a resource of type "volume", or "files", in score.yaml',
  },
  {
    fields: ['args', 'command', 'lifecycle', 'workingDir'],
    why: 'what a container runs is the same in every environment',
    next: 'Write it in score.yaml, and tell environments apart by "variables" of the override',
  },
  {
    fields: ['exec', 'grpc', 'httpGet', 'tcpSocket'],
    why: 'what a probe asks is the same in every environment, only its timings differ',
    next: 'Write it in score.yaml',
  },
  {
    fields: ['initContainers', 'ephemeralContainers'],
    why: 'all containers of a workload are under one name',
    next: 'Write "containers", and the name of the container below it',
  },
  {
    fields: ['limits', 'requests', 'resources'],
    why: 'placement has to count it',
    next: 'Use "resources" of the override',
  },
  {
    fields: ['replicas', 'parallelism', 'completions'],
    why: 'placement has to count it',
    next: 'Use "replicas" of the override',
  },
  {
    fields: ['maxReplicas', 'metrics', 'minReplicas', 'scaleTargetRef'],
    why: 'it is said in a form of its own',
    next: 'Use "autoscaling" of the override',
  },
  {
    fields: [
      'Job',
      'activeDeadlineSeconds',
      'backoffLimit',
      'concurrencyPolicy',
      'schedule',
      'timeZone',
      'ttlSecondsAfterFinished',
    ],
    why: 'when and how often a task runs is the same in every environment',
    next: 'Say it in spec.deploy; its pods are patched under "Pod"',
  },
  {
    fields: ['nodeName'],
    why: 'it goes past the scheduler, which knows what a node can hold',
    next: 'Use "nodeSelector" or "affinity"',
  },
  {
    fields: ['priority', 'priorityClassName', 'preemptionPolicy'],
    why: 'it would push aside what others run on the cluster',
    next: 'Remove it, or ask the platform team',
  },
  {
    fields: ['topologySpreadConstraints'],
    why: 'Callboard spreads replicas over nodes and zones',
    next: 'Use "affinity"',
  },
  {
    fields: ['partition', 'paused', 'podManagementPolicy', 'serviceName'],
    why: 'a release would never arrive as a whole',
    next: 'Remove it; in which waves a release arrives is said by "rollout" of the environment',
  },
  {
    fields: [
      'clusterIP',
      'externalIPs',
      'externalName',
      'externalTrafficPolicy',
      'loadBalancerClass',
      'loadBalancerIP',
      'loadBalancerSourceRanges',
      'nodePort',
      'ports',
    ],
    why: 'how a service is reached is said by score.yaml and by the cluster',
    next: 'Write its ports in score.yaml; from outside it is reached by a resource of type "route"',
  },
  {
    fields: [
      'Namespace',
      'Role',
      'RoleBinding',
      'ClusterRole',
      'ClusterRoleBinding',
    ],
    why: 'what is allowed in the namespace of an app is no matter of the app',
    next: 'Remove it, or ask the platform team',
  },
];

const BY_FIELD = new Map(
  REFUSALS.flatMap(refusal =>
    refusal.fields.map((field): [string, Refusal] => [field, refusal]),
  ),
);

/**
 * Explains why a field of Kubernetes cannot be patched, and what to use
 * instead; undefined where it is a misspelled one.
 */
export function explainPatchedField(
  field: string,
  known: readonly string[],
): { why: string; next: string } | undefined {
  const refusal = BY_FIELD.get(field);
  if (refusal)
    return {
      why: `\`${field}\` cannot be patched: ${refusal.why}`,
      next: refusal.next,
    };
  if (known.length === 0 || suggestName(field, known) !== undefined)
    return undefined;
  const shown = field.length > 80 ? `${field.slice(0, 79)}…` : field;
  return {
    why: `\`${shown}\` cannot be patched`,
    next: `Remove it; here can be patched: ${known.join(', ')}`,
  };
}
