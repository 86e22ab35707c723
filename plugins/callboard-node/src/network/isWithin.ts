import {
  isLoopbackAddress,
  isNearAddress,
  isRefusedAddress,
  isSharedAddress,
} from './refuseAddress';

/** Addresses that a name may resolve to. None includes link-local and metadata addresses. */
export type Reach = 'public' | 'private' | 'loopback';

/** Whether an address may be dialled for a name with this reach. */
export function isWithin(address: string, reach: Reach): boolean {
  if (isRefusedAddress(address)) return false;
  if (isLoopbackAddress(address)) return reach === 'loopback';
  const isPrivate = isNearAddress(address) || isSharedAddress(address);
  return !isPrivate || reach !== 'public';
}
