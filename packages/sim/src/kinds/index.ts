export { nodePortsOf } from './service';
export { qosClassOf } from './pod';
