export { type Candidate, type Choice, chooseClusters } from './chooseClusters';
