import type { ApiResource } from '../discovery';
import { configMapStrategy } from '../kinds/configMap';
import { cronJobStrategy } from '../kinds/cronJob';
import { daemonSetStrategy } from '../kinds/daemonSet';
import { deploymentStrategy } from '../kinds/deployment';
import { endpointsStrategy } from '../kinds/endpoints';
import { eventStrategy } from '../kinds/event';
import { jobStrategy } from '../kinds/job';
import { namespaceStrategy } from '../kinds/namespace';
import { nodeStrategy } from '../kinds/node';
import { podStrategy } from '../kinds/pod';
import {
  disruptionBudgetStrategy,
  limitRangeStrategy,
} from '../kinds/policies';
import { replicaSetStrategy } from '../kinds/replicaSet';
import { secretStrategy } from '../kinds/secret';
import { serviceStrategy } from '../kinds/service';
import { statefulSetStrategy } from '../kinds/statefulSet';
import type { KindStrategy } from './KindStrategy';

const STRATEGIES: Readonly<Record<string, KindStrategy>> = {
  configmaps: configMapStrategy,
  cronjobs: cronJobStrategy,
  daemonsets: daemonSetStrategy,
  deployments: deploymentStrategy,
  endpoints: endpointsStrategy,
  endpointslices: { hasGeneration: true },
  events: eventStrategy,
  horizontalpodautoscalers: {},
  ingresses: { hasGeneration: true },
  jobs: jobStrategy,
  namespaces: namespaceStrategy,
  networkpolicies: { hasGeneration: true },
  nodes: nodeStrategy,
  persistentvolumeclaims: { answersDeletionWithObject: true },
  persistentvolumes: { answersDeletionWithObject: true },
  limitranges: limitRangeStrategy,
  poddisruptionbudgets: disruptionBudgetStrategy,
  pods: podStrategy,
  replicasets: replicaSetStrategy,
  resourcequotas: { answersDeletionWithObject: true },
  secrets: secretStrategy,
  serviceaccounts: { answersDeletionWithObject: true },
  services: serviceStrategy,
  statefulsets: statefulSetStrategy,
  storageclasses: { answersDeletionWithObject: true },
};

export function strategyOf(resource: ApiResource): KindStrategy {
  return STRATEGIES[resource.resource] ?? {};
}
