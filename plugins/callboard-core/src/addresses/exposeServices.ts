import {
  type GuardRails,
  type KubeObject,
  isRecord,
} from '@callboard/plugin-callboard-common';
import { sortKeys } from '../render/canonicalJson';
import type { AddressPlan } from './types';

/** external-dns manages DNS records of a Service by this annotation. */
const HOSTNAME = 'external-dns.alpha.kubernetes.io/hostname';

/**
 * Returns the objects of a workload; its Service is exposed to the outside
 * where its addresses require that and its cluster allows it.
 */
export function exposeServices(
  workload: string,
  objects: readonly KubeObject[],
  plan: AddressPlan | undefined,
  { serviceTypes }: Pick<GuardRails, 'serviceTypes'> = {},
): KubeObject[] {
  const type = plan?.via.type;
  const hosts = (plan?.addresses ?? [])
    .filter(each => each.workload === workload)
    .map(({ host }) => host);
  if ((type !== 'LoadBalancer' && type !== 'NodePort') || hosts.length === 0)
    return [...objects];
  if (serviceTypes && !serviceTypes.includes(type)) return [...objects];
  return objects.map(object => {
    if (object.kind !== 'Service' || !isRecord(object.spec)) return object;
    const { annotations } = object.metadata;
    return sortKeys({
      ...object,
      metadata: {
        ...object.metadata,
        annotations: {
          [HOSTNAME]: [...new Set(hosts)].sort().join(','),
          ...annotations,
        },
      },
      spec: { ...object.spec, type },
    });
  });
}
