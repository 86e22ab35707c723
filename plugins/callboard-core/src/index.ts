export {
  type AddressClaim,
  type AddressPlan,
  type AddressProbe,
  type PlannedAddress,
  type ProbeReading,
  type ProbeState,
  type RenderedAddress,
  addressTaken,
  describeProbe,
  hostsOf,
  isNews,
  judgeReading,
  listClaims,
  nextLookMs,
  viewProbe,
  viewAddresses,
  planAddresses,
  warnOfAddresses,
} from './addresses';
export * from './blueprint';
export * from './changes';
export * from './compliance';
export * from './data';
export * from './diff';
export * from './environment';
export * from './guardrails';
export * from './health';
export * from './join';
export * from './journal';
export * from './kubernetes';
export * from './placement';
export * from './platform';
export * from './policy';
export * from './quantity';
export * from './render';
export * from './observing';
export * from './operation';
export * from './origin';
export * from './outcome';
export * from './retention';
export * from './rollout';
export * from './settings';
export * from './sources';
export * from './summary';
export * from './time';
export * from './timeline';
export * from './upgrade';
export * from './uptime';
export * from './traffic';
export * from './usage';
export * from './visibility';
