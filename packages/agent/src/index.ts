export { ApiServer, type ApiAccess } from './api/ApiServer';
export { readInClusterAccess } from './api/readInClusterAccess';
export { readKubeconfigAccess } from './api/readKubeconfigAccess';
export { FileKeyStore } from './keys/FileKeyStore';
export type { KeyStore } from './keys/KeyStore';
export { SecretKeyStore } from './keys/SecretKeyStore';
export { loadKey } from './keys/loadKey';
export { AGENT_VERSION, main } from './main';
export { type AgentOptions, runAgent } from './runAgent';
export { FileStateStore } from './state/FileStateStore';
export { MemoryStateStore } from './state/MemoryStateStore';
export { SecretStateStore } from './state/SecretStateStore';
export {
  DESIRED_PARTS,
  STATE_PARTS,
  type StateStore,
} from './state/StateStore';
