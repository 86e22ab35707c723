import type { HealthFamily } from '../types';
import { ARGO } from './argo';
import { CERTIFICATES_AND_SECRETS } from './certificatesAndSecrets';
import { DATABASES } from './databases';
import { DELIVERY } from './delivery';
import { INFRASTRUCTURE } from './infrastructure';
import { KUBERNETES } from './kubernetes';
import { MESSAGING } from './messaging';
import { NETWORK_AND_POLICY } from './networkAndPolicy';
import { OBSERVABILITY } from './observability';

/**
 * The table of kinds. Sources: each operator's documentation and the health
 * rules that Argo CD publishes (argoproj/argo-cd, resource_customizations, read
 * in November 2026); rewritten as data.
 */
export const HEALTH_FAMILIES: readonly HealthFamily[] = [
  ...KUBERNETES,
  ...ARGO,
  ...CERTIFICATES_AND_SECRETS,
  ...DATABASES,
  ...DELIVERY,
  ...INFRASTRUCTURE,
  ...MESSAGING,
  ...NETWORK_AND_POLICY,
  ...OBSERVABILITY,
];
