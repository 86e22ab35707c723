export {
  type ReadableApps,
  hideAppsOfCluster,
  hideAppsOfJournal,
  hideAppsOfRemoval,
  hideAppsOfReport,
} from './hideApps';
