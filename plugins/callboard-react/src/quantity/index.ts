export { countOf } from './countOf';
export { formatBytes } from './formatBytes';
export { formatCpu } from './formatCpu';
