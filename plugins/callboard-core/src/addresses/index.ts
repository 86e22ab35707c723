export { addressTaken } from './addressTaken';
export { findAddressFaults } from './findAddressFaults';
export { listClaims } from './listClaims';
export { viewAddresses } from './viewAddresses';
export { checkDomains } from './checkDomains';
export { exposeServices } from './exposeServices';
export { findPlannedUrls } from './findPlannedUrls';
export { hostsOf, planAddresses } from './planAddresses';
export { type RenderedAddress, renderAddresses } from './renderAddresses';
export { warnOfAddresses } from './warnOfAddresses';
export type { AddressClaim, AddressPlan, PlannedAddress } from './types';
export {
  type AddressProbe,
  type ProbeReading,
  type ProbeState,
  describeProbe,
  isNews,
  judgeReading,
  nextLookMs,
  viewProbe,
} from './probes';
