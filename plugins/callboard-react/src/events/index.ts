export { CallboardProvider } from './CallboardProvider';
export { useCallboardApi } from './useCallboardApi';
export { useEventStream, useIsLive } from './useEventStream';
export { usePollInterval } from './usePollInterval';
