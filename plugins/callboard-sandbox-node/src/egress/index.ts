export {
  type AllowedHost,
  type BuildEgress,
  allowedHosts,
  readEgressHosts,
} from './allowedHosts';
export { buildPolicy } from './buildPolicy';
export { EgressDoor } from './EgressDoor';
export type { EgressPolicy, EgressTarget } from './EgressPolicy';
