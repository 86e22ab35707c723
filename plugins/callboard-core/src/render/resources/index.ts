export {
  type ProvisionedResources,
  provisionResources,
} from './provisionResources';
export { type ProvisionContext } from './provisioners';
