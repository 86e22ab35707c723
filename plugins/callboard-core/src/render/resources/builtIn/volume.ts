import { parseQuantity } from '../../../quantity';
import type { Provisioned, ResourceRequest } from '../types';
import { unknownParam } from './params';

/** An empty folder that lives as long as the instance. Params: `size`, its limit. */
export function provisionVolume({
  name,
  params,
}: ResourceRequest): Provisioned {
  const odd = unknownParam(params, ['size']);
  if (odd) return odd;
  const { size } = params;
  if (size === undefined)
    return { ok: true, outputs: name, volume: { emptyDir: {} } };
  if (typeof size !== 'string' || (parseQuantity(size) ?? 0n) <= 0n) {
    return {
      ok: false,
      param: 'size',
      why: 'must be an amount such as "1Gi"',
      next: 'Correct the amount',
    };
  }
  return { ok: true, outputs: name, volume: { emptyDir: { sizeLimit: size } } };
}
