import type { KindJudge } from '../types';
import { judgeCronJob } from './cronJob';
import { judgeDaemonSet } from './daemonSet';
import { judgeDeployment } from './deployment';
import { judgeHorizontalPodAutoscaler } from './horizontalPodAutoscaler';
import { judgeIngress } from './ingress';
import { judgeJob } from './job';
import { judgeNamespace } from './namespace';
import { judgeNode } from './node';
import { judgePersistentVolumeClaim } from './persistentVolumeClaim';
import { judgePod } from './pod';
import { judgePodDisruptionBudget } from './podDisruptionBudget';
import { judgeReplicaSet } from './replicaSet';
import { judgeService } from './service';
import { judgeStatefulSet } from './statefulSet';

/** Built-in kinds, by `group/Kind`; the core group has no name. Versions do not matter. */
export const KIND_JUDGES: Readonly<Record<string, KindJudge>> = {
  '/Namespace': judgeNamespace,
  '/Node': judgeNode,
  '/PersistentVolumeClaim': judgePersistentVolumeClaim,
  '/Pod': judgePod,
  '/Service': judgeService,
  'apps/DaemonSet': judgeDaemonSet,
  'apps/Deployment': judgeDeployment,
  'apps/ReplicaSet': judgeReplicaSet,
  'apps/StatefulSet': judgeStatefulSet,
  'autoscaling/HorizontalPodAutoscaler': judgeHorizontalPodAutoscaler,
  'batch/CronJob': judgeCronJob,
  'batch/Job': judgeJob,
  'extensions/Ingress': judgeIngress,
  'networking.k8s.io/Ingress': judgeIngress,
  'policy/PodDisruptionBudget': judgePodDisruptionBudget,
};
