export type { AsJson, Manifest } from './Manifest';
export {
  type Untrusted,
  type UntrustedList,
  membersOf,
  numberOf,
  readAs,
  textOf,
  timeOf,
} from './Untrusted';
