import type { ProvisionContext, Provisioned, ResourceRequest } from '../types';
import { hostOf } from './hostOf';
import { unknownParam } from './params';

/** Provisions a host name for the app in its environment; all of its resources of this type return the same. */
export function provisionDns(
  resource: ResourceRequest,
  context: ProvisionContext,
): Provisioned {
  const odd = unknownParam(resource.params, []);
  if (odd) return odd;
  return { ok: true, outputs: { host: hostOf(resource, context).host } };
}
