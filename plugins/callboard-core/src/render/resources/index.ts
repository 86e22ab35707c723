export { BUILT_IN_PROVISIONERS } from './builtIn';
export { completeSettings } from './completeSettings';
export { checkProvisioners, compileProvisioners } from './files';
export { gatewayOf } from './gatewayOf';
export { type AppResource, hasResources, listResources } from './listResources';
export {
  type ProvisionedResources,
  provisionResources,
} from './provisionResources';
export {
  type SecretContents,
  keepSecretContents,
  readSecretContents,
  resourceOfSecret,
  secretKeyOf,
} from './generatedSecret';
export {
  type ProvisionedObjects,
  type RenderedResources,
  describeProvisioners,
  renderResources,
} from './renderResources';
export { traitsOf } from './traitsOf';
export type {
  ClusterTraits,
  GeneratedValue,
  ProvisionContext,
  Provisioned,
  Provisioner,
  ResourceRequest,
} from './types';
