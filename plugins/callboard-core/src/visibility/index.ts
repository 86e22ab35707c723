export {
  type ReadableApps,
  hideAppsOfCluster,
  hideAppsOfJournal,
  hideAppsOfPlacement,
  hideAppsOfRemoval,
  hideAppsOfReport,
} from './hideApps';
