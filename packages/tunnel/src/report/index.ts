export * from './AgentEvent';
export { readReport, readReported } from './readReport';
