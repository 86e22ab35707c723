export { ApiServer, type ApiAccess } from './api/ApiServer';
export { readInClusterAccess, readKubeconfigAccess } from './api/readAccess';
export { FileKeyStore } from './keys/FileKeyStore';
export type { KeyStore } from './keys/KeyStore';
export { SecretKeyStore } from './keys/SecretKeyStore';
export { loadKey } from './keys/loadKey';
export { AGENT_VERSION, main } from './main';
export { type AgentOptions, runAgent } from './runAgent';
