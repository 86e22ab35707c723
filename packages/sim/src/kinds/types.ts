import type { JsonObject, SimObject } from '../json';
import type { LabelSelector } from '../selectors';

/** The fields of the kinds that controllers and nodes read. Other fields are preserved. */
export type Condition = {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
  lastUpdateTime?: string;
  lastProbeTime?: string | null;
  lastHeartbeatTime?: string;
  observedGeneration?: number;
};

export type PodTemplate = {
  metadata?: {
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  spec: PodSpec;
};

export type Probe = {
  httpGet?: {
    path?: string;
    port: number | string;
    scheme?: string;
    host?: string;
    httpHeaders?: Array<{ name: string; value: string }>;
  };
  tcpSocket?: { port: number | string; host?: string };
  exec?: { command?: string[] };
  initialDelaySeconds?: number;
  timeoutSeconds?: number;
  periodSeconds?: number;
  successThreshold?: number;
  failureThreshold?: number;
};

export type EnvVar = {
  name: string;
  value?: string;
  valueFrom?: {
    fieldRef?: { fieldPath: string };
    resourceFieldRef?: { resource: string };
    configMapKeyRef?: KeyRef;
    secretKeyRef?: KeyRef;
  };
};

export type KeyRef = { name: string; key: string; optional?: boolean };

export type Container = {
  name: string;
  image: string;
  command?: string[];
  args?: string[];
  workingDir?: string;
  env?: EnvVar[];
  envFrom?: Array<{
    prefix?: string;
    configMapRef?: { name: string; optional?: boolean };
    secretRef?: { name: string; optional?: boolean };
  }>;
  ports?: Array<{ name?: string; containerPort: number; protocol?: string }>;
  resources?: {
    requests?: Record<string, string>;
    limits?: Record<string, string>;
  };
  volumeMounts?: Array<{
    name: string;
    mountPath: string;
    subPath?: string;
    readOnly?: boolean;
  }>;
  livenessProbe?: Probe;
  readinessProbe?: Probe;
  startupProbe?: Probe;
  /** `Always` on an init container makes it a sidecar. */
  restartPolicy?: string;
};

export type KeyToPath = { key: string; path: string; mode?: number };

export type Volume = {
  name: string;
  configMap?: {
    name: string;
    items?: KeyToPath[];
    optional?: boolean;
    defaultMode?: number;
  };
  secret?: {
    secretName: string;
    items?: KeyToPath[];
    optional?: boolean;
    defaultMode?: number;
  };
  emptyDir?: JsonObject;
  persistentVolumeClaim?: { claimName: string; readOnly?: boolean };
};

export type PodSpec = {
  containers: Container[];
  initContainers?: Container[];
  volumes?: Volume[];
  nodeName?: string;
  nodeSelector?: Record<string, string>;
  affinity?: {
    nodeAffinity?: {
      requiredDuringSchedulingIgnoredDuringExecution?: {
        nodeSelectorTerms?: Array<{
          matchExpressions?: NodeRequirement[];
          matchFields?: NodeRequirement[];
        }>;
      };
    };
  };
  tolerations?: Toleration[];
  restartPolicy?: string;
  schedulerName?: string;
  terminationGracePeriodSeconds?: number;
  activeDeadlineSeconds?: number;
  serviceAccountName?: string;
  hostname?: string;
  subdomain?: string;
};

export type NodeRequirement = {
  key: string;
  operator: string;
  values?: string[];
};
export type Toleration = {
  key?: string;
  operator?: string;
  value?: string;
  effect?: string;
};
export type Taint = { key: string; value?: string; effect: string };

export type ContainerState = {
  waiting?: { reason: string; message?: string };
  running?: { startedAt: string };
  terminated?: {
    exitCode: number;
    reason?: string;
    message?: string;
    signal?: number;
    startedAt?: string;
    finishedAt?: string;
    containerID?: string;
  };
};

export type ContainerStatus = {
  name: string;
  image: string;
  imageID: string;
  containerID?: string;
  ready: boolean;
  started?: boolean;
  restartCount: number;
  state: ContainerState;
  lastState: ContainerState;
};

export type PodStatus = {
  phase: string;
  reason?: string;
  message?: string;
  conditions?: Condition[];
  containerStatuses?: ContainerStatus[];
  initContainerStatuses?: ContainerStatus[];
  startTime?: string;
  podIP?: string;
  podIPs?: Array<{ ip: string }>;
  hostIP?: string;
  hostIPs?: Array<{ ip: string }>;
  qosClass?: string;
  observedGeneration?: number;
};

export type Pod = SimObject & { spec: PodSpec; status: PodStatus };

export type ReplicaSet = SimObject & {
  spec: {
    replicas: number;
    minReadySeconds?: number;
    selector: LabelSelector;
    template: PodTemplate;
  };
  status: {
    replicas: number;
    fullyLabeledReplicas?: number;
    readyReplicas?: number;
    availableReplicas?: number;
    terminatingReplicas?: number;
    observedGeneration?: number;
  };
};

export type Deployment = SimObject & {
  spec: {
    replicas: number;
    paused?: boolean;
    minReadySeconds?: number;
    revisionHistoryLimit: number;
    progressDeadlineSeconds: number;
    selector: LabelSelector;
    template: PodTemplate;
    strategy: {
      type: string;
      rollingUpdate?: {
        maxSurge?: number | string;
        maxUnavailable?: number | string;
      };
    };
  };
  status?: DeploymentStatus;
};

export type DeploymentStatus = {
  observedGeneration?: number;
  replicas?: number;
  updatedReplicas?: number;
  readyReplicas?: number;
  availableReplicas?: number;
  unavailableReplicas?: number;
  terminatingReplicas?: number;
  conditions?: Condition[];
};

export type StatefulSet = SimObject & {
  spec: {
    replicas: number;
    serviceName?: string;
    minReadySeconds?: number;
    podManagementPolicy?: string;
    updateStrategy?: { type?: string };
    selector: LabelSelector;
    template: PodTemplate;
    volumeClaimTemplates?: Array<
      Pick<PersistentVolumeClaim, 'metadata' | 'spec'>
    >;
  };
  status?: {
    replicas: number;
    availableReplicas?: number;
    collisionCount?: number;
    currentReplicas?: number;
    currentRevision?: string;
    observedGeneration?: number;
    readyReplicas?: number;
    updateRevision?: string;
    updatedReplicas?: number;
  };
};

export type PersistentVolumeClaim = SimObject & {
  spec: {
    accessModes?: string[];
    resources?: { requests?: Record<string, string> };
    volumeName?: string;
  };
  status?: {
    phase: string;
    accessModes?: string[];
    capacity?: Record<string, string>;
  };
};

export type Job = SimObject & {
  spec: {
    completions?: number;
    parallelism: number;
    backoffLimit: number;
    suspend?: boolean;
    activeDeadlineSeconds?: number;
    ttlSecondsAfterFinished?: number;
    template: PodTemplate;
  };
  status?: JobStatus;
};

export type JobStatus = {
  active?: number;
  ready?: number;
  succeeded?: number;
  failed?: number;
  terminating?: number;
  startTime?: string;
  completionTime?: string;
  conditions?: Condition[];
  uncountedTerminatedPods?: JsonObject;
};

export type CronJob = SimObject & {
  spec: {
    schedule: string;
    timeZone?: string;
    startingDeadlineSeconds?: number;
    concurrencyPolicy: string;
    suspend: boolean;
    successfulJobsHistoryLimit: number;
    failedJobsHistoryLimit: number;
    jobTemplate: {
      metadata?: {
        labels?: Record<string, string>;
        annotations?: Record<string, string>;
      };
      spec: Job['spec'];
    };
  };
  status?: CronJobStatus;
};

export type CronJobStatus = {
  active?: ObjectReference[];
  lastScheduleTime?: string;
  lastSuccessfulTime?: string;
};

export type ObjectReference = {
  apiVersion: string;
  kind: string;
  name: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
};

export type DaemonSet = SimObject & {
  spec: {
    minReadySeconds?: number;
    updateStrategy: {
      type: string;
      rollingUpdate?: { maxUnavailable?: number | string };
    };
    selector: LabelSelector;
    template: PodTemplate;
  };
  status?: {
    currentNumberScheduled: number;
    desiredNumberScheduled: number;
    numberAvailable?: number;
    numberMisscheduled: number;
    numberReady: number;
    numberUnavailable?: number;
    observedGeneration?: number;
    updatedNumberScheduled?: number;
  };
};

export type PodDisruptionBudget = SimObject & {
  spec: {
    selector?: LabelSelector;
    minAvailable?: number | string;
    maxUnavailable?: number | string;
  };
  status?: {
    currentHealthy: number;
    desiredHealthy: number;
    disruptionsAllowed: number;
    expectedPods: number;
    observedGeneration?: number;
    conditions?: Condition[];
  };
};

export type Service = SimObject & {
  spec: {
    type: string;
    selector?: Record<string, string>;
    clusterIP?: string;
    ports?: Array<{
      name?: string;
      port: number;
      protocol: string;
      targetPort?: number | string;
      nodePort?: number;
      appProtocol?: string;
    }>;
    publishNotReadyAddresses?: boolean;
  };
  status?: { loadBalancer?: JsonObject; conditions?: Condition[] };
};

export type Node = SimObject & {
  spec: { unschedulable?: boolean; taints?: Taint[]; podCIDR?: string };
  status: {
    allocatable: Record<string, string>;
    addresses: Array<{ type: string; address: string }>;
    conditions: Condition[];
  };
};

export type HorizontalPodAutoscaler = SimObject & {
  spec: {
    minReplicas?: number;
    maxReplicas: number;
    scaleTargetRef: { kind: string; name: string };
  };
  status?: {
    currentReplicas: number;
    desiredReplicas: number;
    conditions: Condition[];
  };
};
