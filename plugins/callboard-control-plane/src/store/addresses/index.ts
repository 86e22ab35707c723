export { type TakenClaim, claimAddresses, findTaken } from './claimAddresses';
export { findAddressClaims } from './findAddressClaims';
export { releaseAddresses } from './releaseAddresses';
