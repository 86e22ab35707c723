import type { ProvisionContext, Provisioned, ResourceRequest } from '../types';
import { unknownParam } from './params';

/** Facts about where it runs: `name`, `app`, `release`, `namespace`. */
export function provisionEnvironment(
  { params }: ResourceRequest,
  { app, environment, release, namespace }: ProvisionContext,
): Provisioned {
  const odd = unknownParam(params, []);
  if (odd) return odd;
  return {
    ok: true,
    outputs: {
      name: environment,
      app,
      release: String(release),
      namespace,
    },
  };
}
