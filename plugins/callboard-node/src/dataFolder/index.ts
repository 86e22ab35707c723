export {
  dataFolderServiceFactory,
  dataFolderServiceRef,
} from './dataFolderServiceRef';
export { FolderLock } from './FolderLock';
export { type DataFolder, openDataFolder } from './openDataFolder';
export { readDataDir } from './readDataDir';
