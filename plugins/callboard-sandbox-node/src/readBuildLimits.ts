import { type BuildLimits, DEFAULT_BUILD_LIMITS } from './BuildLimits';

const PLACE = 'callboard.builder.limits';
const MB = 1024 ** 2;

/** Reads the limits of builds from `callboard.builder.limits`; omitted ones have their default. */
export function readBuildLimits(config: {
  getOptionalNumber(key: string): number | undefined;
}): BuildLimits {
  const read = (key: string, unit: number): number | undefined => {
    const value = config.getOptionalNumber(`${PLACE}.${key}`);
    if (value !== undefined && value <= 0)
      throw new Error(`${PLACE}.${key} must be larger than 0, got ${value}`);
    return value === undefined ? undefined : value * unit;
  };
  const { timeMs, silenceMs, memoryBytes, diskBytes, processes } =
    DEFAULT_BUILD_LIMITS;
  return {
    timeMs: read('seconds', 1000) ?? timeMs,
    silenceMs: read('silentSeconds', 1000) ?? silenceMs,
    memoryBytes: read('memoryMb', MB) ?? memoryBytes,
    diskBytes: read('diskMb', MB) ?? diskBytes,
    processes: read('processes', 1) ?? processes,
  };
}
