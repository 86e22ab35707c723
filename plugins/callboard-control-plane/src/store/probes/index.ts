export type { AddressProbeRecord } from './AddressProbeRecord';
export { deleteProbes, findProbes, saveProbes, sweepProbes } from './probes';
