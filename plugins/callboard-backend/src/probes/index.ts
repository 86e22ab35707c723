export { probeAddress } from './probeAddress';
export { probeAddresses } from './probeAddresses';
export { resolveHost } from './resolveHost';
