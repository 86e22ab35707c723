import { type GuardRails, listOf } from '@callboard/plugin-callboard-common';

const QUOTA_WORDS: Record<string, (amount: string) => string> = {
  pods: amount => `${amount} pods`,
  'requests.cpu': amount => `${amount} CPU requested`,
  'requests.memory': amount => `${amount} memory requested`,
  'limits.memory': amount => `${amount} memory as limits`,
  'requests.storage': amount => `${amount} storage`,
  persistentvolumeclaims: amount => `${amount} volumes`,
};

/** Describes guard rails, one sentence for each, without full stop. */
export function describeGuardRails({
  podSecurity,
  network,
  quota = {},
  containers: { default: given, defaultRequest, max, min } = {},
  registries = [],
  serviceTypes,
}: GuardRails): string[] {
  const amounts = Object.entries(quota).map(([resource, amount]) =>
    QUOTA_WORDS[resource](amount),
  );
  return [
    podSecurity && `Pods keep at least the level "${podSecurity}"`,
    network && 'Pods have no traffic but what the app declares',
    amounts.length > 0 &&
      `An app takes at most ${listOf(
        amounts,
        amounts.length,
      )} in an environment`,
    max && `A container has at most ${describeAmounts(max)}`,
    min && `A container requests at least ${describeAmounts(min)}`,
    given && `A container without limits gets ${describeAmounts(given)}`,
    defaultRequest &&
      `A container without requests gets ${describeAmounts(defaultRequest)}`,
    registries.length > 0 &&
      `Images that an app names come from ${listOf(
        registries,
        registries.length,
        'or',
      )}`,
    serviceTypes &&
      `Services are of type ${listOf(serviceTypes, serviceTypes.length, 'or')}`,
  ].filter(
    sentence => typeof sentence === 'string' && sentence !== '',
  ) as string[];
}

function describeAmounts({
  cpu,
  memory,
}: {
  cpu?: string;
  memory?: string;
}): string {
  return [cpu && `${cpu} CPU`, memory && `${memory} memory`]
    .filter(Boolean)
    .join(' and ');
}
