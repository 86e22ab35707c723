export { Contenders } from './Contenders';
export { type Claim, readClaim } from './Claim';
export { type ClaimedApp, isHeld, judgeClaims } from './judgeClaims';
export { type CatalogReader, readClaims, readTakenNames } from './readClaims';
