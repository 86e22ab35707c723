export { apiEntity } from './apiEntity';
export { appEntity } from './appEntity';
export { LINK_TYPE, linksOf } from './linksOf';
export { clustersOf, formatRunsOn } from './clustersOf';
export { blueprintEntities, clusterEntity } from './clusterEntities';
