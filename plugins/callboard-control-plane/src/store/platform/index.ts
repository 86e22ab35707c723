export {
  findPlatformFiles,
  type PlatformFilesRecord,
  savePlatformFiles,
} from './platformFiles';
