export { type Candidate, type Choice, chooseClusters } from './chooseClusters';
export { Topology } from './Topology';
