export { CallboardProvider } from './CallboardProvider';
export { useCallboardApi } from './useCallboardApi';
export { useEventStream } from './useEventStream';
export { usePollInterval } from './usePollInterval';
