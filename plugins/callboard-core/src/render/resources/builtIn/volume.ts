import { keepsVolumes } from '../../renderers';
import type { ProvisionContext, Provisioned, ResourceRequest } from '../types';
import { unknownParam } from './params';
import { findSizeFault } from './stateful';

const DEFAULT_SIZE = '1Gi';

/**
 * Provisions a folder of each instance. It is kept in a claim until a person
 * deletes it, unless it is ephemeral: then it is empty with each new instance.
 * Params: `size`, and `ephemeral`.
 */
export function provisionVolume(
  { name, params }: ResourceRequest,
  { renderer }: ProvisionContext,
): Provisioned {
  const odd = unknownParam(params, ['ephemeral', 'size']);
  if (odd) return odd;
  const { size, ephemeral = false } = params;
  const isEphemeral = String(ephemeral) === 'true'; // a placeholder gives a text
  if (!isEphemeral && String(ephemeral) !== 'false')
    return {
      ok: false,
      param: 'ephemeral',
      why: 'must be true or false',
      next: 'Correct the value',
    };
  const fault =
    size === undefined
      ? undefined
      : findSizeFault(typeof size === 'string' ? size : '');
  if (fault) return fault;
  const limit = size === undefined ? undefined : String(size);
  if (!isEphemeral && keepsVolumes(renderer))
    return { ok: true, outputs: name, claim: { size: limit ?? DEFAULT_SIZE } };
  return {
    ok: true,
    outputs: name,
    volume: { emptyDir: limit === undefined ? {} : { sizeLimit: limit } },
  };
}
