export {
  type ReadableApps,
  hideAppsOfCluster,
  hideAppsOfJournal,
  hideAppsOfRemoval,
  withoutNamesIn,
} from './hideApps';
