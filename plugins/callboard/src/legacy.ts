export {
  callboardPlugin,
  CallboardAppsPage,
  CallboardFleetPage,
  EntityCallboardAppCard,
  EntityCallboardClusterCard,
  EntityCallboardClusterContent,
  EntityCallboardContent,
} from './legacyPlugin';
export { isCallboardApp, isCallboardCluster } from './entity/isCallboardEntity';
