import {
  isLoopbackAddress,
  isNearAddress,
  isRefusedAddress,
  isSharedAddress,
} from './refuseAddress';

/** Which addresses a name may lead to. Link-local and metadata addresses are in none of them. */
export type Reach = 'public' | 'private' | 'loopback';

/** Whether an address may be dialled for a name of this reach. */
export function isWithin(address: string, reach: Reach): boolean {
  if (isRefusedAddress(address)) return false;
  if (isLoopbackAddress(address)) return reach === 'loopback';
  const isPrivate = isNearAddress(address) || isSharedAddress(address);
  return !isPrivate || reach !== 'public';
}
