export { BuildPlace } from './BuildPlace';
export { ProcessRuntime } from './ProcessRuntime';
export { RunArea } from './RunArea';
