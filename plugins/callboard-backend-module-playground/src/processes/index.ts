export { ProcessRuntime } from './ProcessRuntime';
