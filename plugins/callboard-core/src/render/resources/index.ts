export { BUILT_IN_PROVISIONERS } from './builtIn';
export { checkProvisioners, compileProvisioner } from './files';
export { type AppResource, listResources } from './listResources';
export {
  type ProvisionedResources,
  provisionResources,
} from './provisionResources';
export {
  type SecretContents,
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
